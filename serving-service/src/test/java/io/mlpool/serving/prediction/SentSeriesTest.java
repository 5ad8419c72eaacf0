package io.mlpool.serving.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SentSeriesTest {

    private static final Instant OPEN = Instant.parse("2024-05-01T00:00:00Z");

    @Test
    void aRangeIsKnownWhereBothEndsAreSentAndMoreThanClosesAreMeant() {
        CandleSeries series = SentSeries.of(
                List.of(
                        candle(0, 12.0, 9.0, List.of("extreme_move")),
                        candle(1, 12.0, 9.0, List.of("close_only")),
                        candle(2, 12.0, null, null),
                        candle(3, null, 9.0, null)),
                Interval.ONE_HOUR,
                OPEN.plus(Duration.ofHours(4)));

        assertThat(series.range(0)).isEqualTo((float) Math.log(12.0 / 9));
        assertThat(series.range(1)).isNaN();
        assertThat(series.range(2)).isNaN();
        assertThat(series.range(3)).isNaN();
    }

    private static SentCandle candle(
            int hour, @Nullable Double high, @Nullable Double low, @Nullable List<String> flags) {
        return new SentCandle(OPEN.plus(Duration.ofHours(hour)), 10.0, high, low, 11.0, 1.0, null, true, flags);
    }
}
