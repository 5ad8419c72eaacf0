package io.mlpool.tls;

import java.time.Clock;
import org.springframework.boot.info.SslInfo;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Brought along by {@code EdgeConfiguration}: TLS by Spring's SSL bundles, with an eye on when certificates end. */
@Configuration(proxyBeanMethods = false)
public class TlsConfiguration {

    @Bean
    HoldingCertificates holdingCertificates(SslBundles bundles, Environment settings, Clock clock) {
        return new HoldingCertificates(new HoldingBundles(bundles, new CertificateFiles(settings), clock));
    }

    @Bean
    CertificateWatch certificateWatch(SslBundles bundles, Environment settings, Clock clock) {
        return new CertificateWatch(bundles, new CertificateFiles(settings), clock);
    }

    /** For the health indicator {@code ssl}, by the service's clock. */
    @Bean
    SslInfo sslInfo(SslBundles bundles, Clock clock) {
        return new SslInfo(bundles, clock);
    }

    /** After Spring Boot has given the server its bundles. */
    private record HoldingCertificates(HoldingBundles bundles)
            implements WebServerFactoryCustomizer<AbstractConfigurableWebServerFactory>, Ordered {

        @Override
        public void customize(AbstractConfigurableWebServerFactory server) {
            server.setSslBundles(bundles);
        }

        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }
    }
}
