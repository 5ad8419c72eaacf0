package io.mlpool.encryption;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a service imports to read and write encrypted files. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EncryptionProperties.class)
public class EncryptionConfiguration {

    /** A key file of which no use can be made stops the start. */
    @Bean
    Encryption encryption(EncryptionProperties properties) {
        return properties.keyFile().map(Encryption::with).orElseGet(Encryption::off);
    }
}
