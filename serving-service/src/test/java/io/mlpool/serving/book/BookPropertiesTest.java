package io.mlpool.serving.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class BookPropertiesTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new BookProperties(
                        Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofDays(366)));
    }

    @Test
    void everyPropertyIsRead() {
        assertThat(bind(Map.of(
                        "mlpool.book.poll-interval", "7s",
                        "mlpool.book.patience", "0s",
                        "mlpool.book.reconnect", "9s",
                        "mlpool.book.retention", "90d")))
                .isEqualTo(new BookProperties(
                        Duration.ofSeconds(7), Duration.ZERO, Duration.ofSeconds(9), Duration.ofDays(90)));
    }

    @ParameterizedTest
    @CsvSource({"poll-interval, 0s", "reconnect, 0s", "patience, -1s", "retention, 89d"})
    void durationsThatMakeNoSenseAreRefused(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("mlpool.book." + name, value)))
                .rootCause()
                .hasMessageContaining("mlpool.book." + name);
    }

    private static BookProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("mlpool.book", BookProperties.class);
    }
}
