package io.mlpool.registry;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.EncryptionConfiguration;
import io.mlpool.mlflow.Mlflow;
import io.mlpool.mlflow.MlflowProperties;
import io.mlpool.signing.BundleSigning;
import io.mlpool.signing.SigningProperties;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The registry that a service is told to use: MLflow's where {@code EXPERIMENT_TRACKING_URI} names one, else folders. */
@Configuration(proxyBeanMethods = false)
@Import({EncryptionConfiguration.class, RegistryErrors.class})
@EnableConfigurationProperties({RegistryProperties.class, MlflowProperties.class, SigningProperties.class})
public class RegistryConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryConfiguration.class);

    @Bean
    @Conditional(MlflowIsNamed.class)
    Mlflow mlflow(MlflowProperties properties, ObjectProvider<SslBundles> bundles) {
        return new Mlflow(
                properties,
                Optional.ofNullable(properties.sslBundle())
                        .map(name -> bundles.getObject().getBundle(name).createSslContext()));
    }

    @Bean
    ModelRegistry modelRegistry(
            RegistryProperties properties,
            SigningProperties signing,
            Encryption encryption,
            ObjectProvider<Mlflow> mlflow) {
        Mlflow server = mlflow.getIfAvailable();
        BundleSigning bundles = signing.signing();
        LOG.info("Models are {}", bundles.inWords());
        return server == null
                ? new FolderRegistry(properties.folders(), bundles, encryption)
                : new MlflowRegistry(server, properties.fetched(), bundles, encryption);
    }
}
