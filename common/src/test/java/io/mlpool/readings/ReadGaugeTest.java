package io.mlpool.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadGaugeTest {

    private static final Tags BITCOIN = Tags.of("asset", "bitcoin");
    private static final Tags SOLANA = Tags.of("asset", "solana");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ReadGauge gauge = new ReadGauge(meters, "mlpool.lag", "seconds", "How late");

    @Test
    void nothingIsExportedBeforeTheFirstReading() {
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void eachReadingReplacesTheOneBefore() {
        gauge.set(Map.of(BITCOIN, 1, SOLANA, 2));
        gauge.set(Map.of(BITCOIN, 3));

        assertThat(value(BITCOIN)).isEqualTo(3);
        assertThat(meters.find("mlpool.lag").gauges()).hasSize(1);
    }

    @Test
    void aGaugeThatStaysIsNeverAway() {
        gauge.set(Map.of(BITCOIN, 1));
        Gauge before = meters.get("mlpool.lag").tags(BITCOIN).gauge();

        gauge.set(Map.of(BITCOIN, 2));

        assertThat(meters.get("mlpool.lag").tags(BITCOIN).gauge()).isSameAs(before);
    }

    @Test
    void anAgeGrowsBetweenReadings() {
        AtomicInteger age = new AtomicInteger(10);
        gauge.follow(Map.of(BITCOIN, age::get));

        age.set(25);

        assertThat(value(BITCOIN)).isEqualTo(25);
    }

    @Test
    void aGaugeMayHaveNoLabels() {
        gauge.set(7);

        assertThat(value(Tags.empty())).isEqualTo(7);
    }

    private double value(Tags tags) {
        return meters.get("mlpool.lag").tags(tags).gauge().value();
    }
}
