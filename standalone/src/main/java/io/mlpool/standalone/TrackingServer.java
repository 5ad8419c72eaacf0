package io.mlpool.standalone;

import io.mlpool.mlflow.MlflowProperties;
import java.util.Map;

/** The MLflow server that the environment names, looked at before anything is started: a misspelt address should cost no minute. */
final class TrackingServer {

    private static final String URI = "EXPERIMENT_TRACKING_URI";

    private TrackingServer() {}

    /**
     * Lets the environment pass when it names no server, or one that can be.
     *
     * @throws MlpoolException when the address cannot be one
     */
    static void requireSensible(Map<String, String> environment) {
        String uri = environment.get(URI);
        if (uri != null && !uri.isBlank()) {
            try {
                MlflowProperties.requireServer(uri);
            } catch (IllegalArgumentException e) {
                throw new MlpoolException(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
