package io.mlpool.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class MlflowPropertiesTest {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void nothingIsNamedByDefault() {
        context.withPropertyValues("mlpool.tracking.uri=").run(started -> {
            MlflowProperties defaults = started.getBean(MlflowProperties.class);
            assertThat(defaults.server()).isEmpty();
            assertThat(defaults.timeout()).isEqualTo(Duration.ofSeconds(10));
        });
    }

    @Test
    void aTokenThatNoHeaderCanHoldIsRefusedAndNotShown() {
        context.withPropertyValues("mlpool.tracking.uri=http://mlflow:5000", "mlpool.tracking.token=sec\nret")
                .run(started -> assertThat(started)
                        .hasFailed()
                        .getFailure()
                        .hasStackTraceContaining("MLFLOW_TRACKING_TOKEN")
                        .extracting(Throwables::getStackTrace)
                        .asString()
                        .doesNotContain("sec\nret"));
    }

    @Test
    void everythingCanBeSet() {
        context.withPropertyValues(
                        "mlpool.tracking.uri=https://mlflow.example:5000/prefix/",
                        "mlpool.tracking.username=team",
                        "mlpool.tracking.password=secret",
                        "mlpool.tracking.token=abc",
                        "mlpool.tracking.connect-timeout=1s",
                        "mlpool.tracking.timeout=2s",
                        "mlpool.tracking.transfer-timeout=3s",
                        "mlpool.tracking.retry-pauses=5ms,6ms",
                        "mlpool.tracking.ssl-bundle=mlflow")
                .run(started -> {
                    MlflowProperties set = started.getBean(MlflowProperties.class);
                    assertThat(set)
                            .isEqualTo(new MlflowProperties(
                                    "https://mlflow.example:5000/prefix/",
                                    "team",
                                    "secret",
                                    "abc",
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(2),
                                    Duration.ofSeconds(3),
                                    List.of(Duration.ofMillis(5), Duration.ofMillis(6)),
                                    "mlflow"));
                    assertThat(set.server()).contains(URI.create("https://mlflow.example:5000/prefix"));
                    assertThat(set.toString()).doesNotContain("secret").doesNotContain("abc");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mlflow:5000",
                "file:///mlruns",
                "http://",
                "http://a b",
                "databricks",
                "http://me:secret@mlflow:5000"
            })
    void whatIsNoServerStopsTheStartAndTellsWhatToSet(String uri) {
        context.withPropertyValues("mlpool.tracking.uri=" + uri).run(failed -> assertThat(failed)
                .getFailure()
                .rootCause()
                .hasMessageContaining("EXPERIMENT_TRACKING_URI")
                .hasMessageContaining("Unset it to keep experiments and models in folders")
                .message()
                .doesNotContain("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"username=me", "password=secret", "timeout=0s", "connect-timeout=-1s"})
    void halvesAndNonsenseStopTheStart(String setting) {
        context.withPropertyValues("mlpool.tracking." + setting)
                .run(failed -> assertThat(failed).getFailure().rootCause().hasMessageContaining("mlpool.tracking."));
    }

    @Configuration
    @EnableConfigurationProperties(MlflowProperties.class)
    static class Properties {}
}
