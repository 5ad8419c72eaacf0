package io.mlpool.serving.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LivePropertiesTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new LiveProperties(Duration.ofSeconds(1), Duration.ofMinutes(1), "price-"));
    }

    @Test
    void everyPropertyIsRead() {
        assertThat(bind(Map.of(
                        "mlpool.live.poll-interval", "2s",
                        "mlpool.live.retry-broken", "3m",
                        "mlpool.live.prefix", "risk-")))
                .isEqualTo(new LiveProperties(Duration.ofSeconds(2), Duration.ofMinutes(3), "risk-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll-interval", "retry-broken"})
    void durationsThatAreNotPositiveAreRefused(String name) {
        assertThatThrownBy(() -> bind(Map.of("mlpool.live." + name, "0s")))
                .rootCause()
                .hasMessageContaining("mlpool.live." + name);
    }

    private static LiveProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("mlpool.live", LiveProperties.class);
    }
}
