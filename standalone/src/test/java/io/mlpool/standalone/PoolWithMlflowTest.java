package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mlpool.testing.RealMlflow;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;

class PoolWithMlflowTest {

    private static final String DEFAULT_EXPERIMENT = "/api/2.0/mlflow/experiments/get-by-name?experiment_name=Default";

    @TempDir
    Path folder;

    private final PoolClient client = new PoolClient();

    @Test
    void servicesKeepTheirModelsInTheMlflowBesideThem() {
        int port = RealMlflow.freePort();
        URI mlflow = URI.create("http://localhost:" + port);
        PoolHome home = new PoolHome(folder.resolve("pool"));
        try (Pool pool = Pool.open(home, Ports.free())) {
            assertThat(pool.mlflow()).isEmpty();
            assertThat(pool.startMlflow(RealMlflow.environment(), port)).isEqualTo(mlflow);
            assertThat(pool.mlflow()).contains(mlflow);
            ApplicationContext serving = pool.startServing(Map.of());
            assertThat(serving.getEnvironment().getProperty("mlpool.tracking.uri"))
                    .isEqualTo(mlflow.toString());
            assertThat(client.get(mlflow + DEFAULT_EXPERIMENT)
                            .path("experiment")
                            .path("name")
                            .asString())
                    .isEqualTo("Default");
            assertThat(client.get(pool.ports().servingUrl() + "/models").path("models"))
                    .isEmpty();
        }
        assertThat(home.mlflow().resolve("mlflow.db")).exists();
        assertThatCode(() -> Ports.requireFree(port, "none"))
                .as("MLflow has ended with the pool")
                .doesNotThrowAnyException();
    }
}
