package io.mlpool.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.mock.env.MockEnvironment;

class TracingWhereWantedTest {

    private static final @Nullable String[] CLASSES = {
        "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
        "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
        "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
        null
    };

    private final MockEnvironment environment = new MockEnvironment();
    private final TracingWhereWanted filter = new TracingWhereWanted();

    @Test
    void withoutACollectorNothingIsTraced() {
        environment.setProperty(TracingWhereWanted.ENDPOINT, "");
        filter.setEnvironment(environment);

        assertThat(filter.match(CLASSES, new NoMetadata())).containsExactly(false, false, true, true);
    }

    @Test
    void withACollectorAllIsAsSpringBootHasIt() {
        environment.setProperty(TracingWhereWanted.ENDPOINT, "http://localhost:4318/v1/traces");
        filter.setEnvironment(environment);

        assertThat(filter.match(CLASSES, new NoMetadata())).containsExactly(true, true, true, true);
    }

    private static final class NoMetadata implements AutoConfigurationMetadata {

        @Override
        public boolean wasProcessed(String className) {
            return false;
        }

        @Override
        public @Nullable Integer getInteger(String className, String key) {
            return null;
        }

        @Override
        public @Nullable Integer getInteger(String className, String key, @Nullable Integer defaultValue) {
            return defaultValue;
        }

        @Override
        public java.util.@Nullable Set<String> getSet(String className, String key) {
            return null;
        }

        @Override
        public java.util.@Nullable Set<String> getSet(
                String className, String key, java.util.@Nullable Set<String> defaultValue) {
            return defaultValue;
        }

        @Override
        public @Nullable String get(String className, String key) {
            return null;
        }

        @Override
        public @Nullable String get(String className, String key, @Nullable String defaultValue) {
            return defaultValue;
        }
    }
}
