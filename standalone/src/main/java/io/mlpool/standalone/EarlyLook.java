package io.mlpool.standalone;

import io.mlpool.ingest.coingecko.CoinGeckoAccess;
import io.mlpool.mlflow.MlflowProperties;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Configuration;

/** What can be seen to be wrong in the environment before anything is started: a misspelt address should cost no minute. */
final class EarlyLook {

    private static final String TRACKING_SERVER = "EXPERIMENT_TRACKING_URI";

    private EarlyLook() {}

    /** The settings of all services and nothing else. */
    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan("io.mlpool")
    static class AllSettings {}

    /**
     * Binds the settings of all services as each of them does when it starts.
     *
     * @throws MlpoolException when one of them cannot be, or is not known
     */
    static void atSettings() {
        FailedStart failed = new FailedStart();
        try {
            new SpringApplicationBuilder(AllSettings.class)
                    .web(WebApplicationType.NONE)
                    .properties("spring.config.name=ingest-service,training-service,serving-service")
                    .listeners(failed)
                    .registerShutdownHook(false)
                    .run("--logging.threshold.console=OFF", "--spring.main.banner-mode=off")
                    .close();
        } catch (RuntimeException e) {
            throw new MlpoolException(failed.inWords(e), e);
        }
    }

    /**
     * Lets an environment pass that names no MLflow and no plan of CoinGecko, or such as can be.
     *
     * @throws MlpoolException when one of them cannot be; the message says what may be set
     */
    static void at(Map<String, String> environment) {
        String uri = environment.getOrDefault(TRACKING_SERVER, "");
        try {
            if (!uri.isBlank()) {
                MlflowProperties.requireServer(uri);
            }
            CoinGeckoAccess.of(environment);
        } catch (IllegalArgumentException e) {
            throw new MlpoolException(String.valueOf(e.getMessage()), e);
        }
    }
}
