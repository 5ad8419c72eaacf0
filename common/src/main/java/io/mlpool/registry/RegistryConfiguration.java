package io.mlpool.registry;

import io.mlpool.mlflow.Mlflow;
import io.mlpool.mlflow.MlflowProperties;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** The registry that a service is told to use: MLflow's where {@code EXPERIMENT_TRACKING_URI} names one, else folders. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RegistryProperties.class, MlflowProperties.class})
public class RegistryConfiguration {

    @Bean
    @Conditional(MlflowIsNamed.class)
    Mlflow mlflow(MlflowProperties properties, ObjectProvider<SslBundles> bundles) {
        return new Mlflow(
                properties,
                Optional.ofNullable(properties.sslBundle())
                        .map(name -> bundles.getObject().getBundle(name).createSslContext()));
    }

    @Bean
    ModelRegistry modelRegistry(RegistryProperties properties, ObjectProvider<Mlflow> mlflow) {
        Mlflow server = mlflow.getIfAvailable();
        return server == null
                ? new FolderRegistry(properties.folders())
                : new MlflowRegistry(server, properties.fetched());
    }

    static final class MlflowIsNamed implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("mlpool.tracking.uri"));
        }
    }
}
