package io.mlpool.standalone;

import io.mlpool.ingest.coingecko.CoinGeckoAccess;
import io.mlpool.mlflow.MlflowProperties;
import java.util.Map;

/** What can be seen to be wrong in the environment before anything is started: a misspelt address should cost no minute. */
final class EarlyLook {

    private static final String TRACKING_SERVER = "EXPERIMENT_TRACKING_URI";

    private EarlyLook() {}

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
