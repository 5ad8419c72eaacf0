package io.mlpool.ingest.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.mlpool.ingest.Hours;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandleReadingTest {

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Hours hours;

    @SuppressWarnings("NullAway.Init")
    private CandleReading reading;

    @BeforeEach
    void begin() {
        hours = new Hours(folder);
        reading = new CandleReading(hours.database.jdbc(), List.of("bitcoin"), hours.meters, hours.clock);
    }

    @Test
    void theLagIsCountedFromTheCloseOfTheNewestCandleAndGrowsByItself() {
        hours.take("BTCUSDT-1h.csv", Hours.csv(0, 10, 100));
        hours.clock.set(Hours.START.plus(Duration.ofHours(10)));
        reading.take();
        assertThat(lag("1h")).isZero();

        hours.clock.advance(Duration.ofMinutes(5));

        assertThat(lag("1h")).isEqualTo(300);
        assertThat(lag("4h")).as("of the one from 4 to 8 o'clock").isEqualTo(2 * 3600 + 300);
    }

    @Test
    void onlyFollowedAssetsAreTold() {
        hours.take("ETHUSDT-1h.csv", Hours.csv(0, 10, 100));

        reading.take();

        assertThat(lag("1h")).isPositive();
        assertThat(hours.meters.find("mlpool.candles.followed.lag").gauges()).isEmpty();
        assertThat(hours.meters.find("mlpool.candles.missing").gauges()).isEmpty();
    }

    @Test
    void missingCandlesOfTheLastWeekAreCounted() {
        hours.take("BTCUSDT-1h.csv", Hours.csv(0, 10, 100));
        hours.take("BTCUSDT-1h.csv", Hours.csv(13, 20, 100));

        reading.take();

        assertThat(missing()).isEqualTo(3);
    }

    @Test
    void whatIsMissingLongerAgoIsNot() {
        hours.take("BTCUSDT-1h.csv", Hours.csv(0, 10, 100));
        hours.take("BTCUSDT-1h.csv", Hours.csv(13, 13 + 8 * 24, 100));

        reading.take();

        assertThat(missing()).isZero();
    }

    private double lag(String interval) {
        return hours.meters
                .get("mlpool.candles.lag")
                .tag("interval", interval)
                .gauge()
                .value();
    }

    private double missing() {
        return hours.meters
                .get("mlpool.candles.missing")
                .tags(Tags.of("asset", "bitcoin", "interval", "1h"))
                .gauge()
                .value();
    }
}
