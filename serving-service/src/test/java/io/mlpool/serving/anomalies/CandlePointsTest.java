package io.mlpool.serving.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.market.CandleFlag;
import io.mlpool.market.Interval;
import io.mlpool.market.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CandlePointsTest {

    private static final Instant OPEN = Instant.parse("2024-05-01T10:00:00Z");
    private static final Instant CLOSE = OPEN.plus(Duration.ofHours(1));
    private static final WatchedCandle BEFORE =
            new WatchedCandle(OPEN.minus(Duration.ofHours(1)), 101, 99, 100, Volume.base(7), 0);
    private static final WatchedCandle CANDLE = new WatchedCandle(OPEN, 120, 100, 110, Volume.base(5), 0);

    private final CandlePoints points = new CandlePoints(
            Interval.ONE_HOUR, Map.of(CLOSE, 0.02), new TreeMap<>(Map.of(CLOSE.minusSeconds(5), -0.4)));

    @Test
    void allDimensionsOfACandleThatFollowsAnother() {
        double[] point = points.point(BEFORE, CANDLE);

        assertThat(point)
                .containsExactly(
                        new double[] {Math.log(1.1), Math.log(551), Math.log(1.2), Math.log(1.1) - 0.02, -0.4},
                        within(1e-12));
        assertThat(CandlePoints.shown(1, point[1])).isCloseTo(550, within(1e-9));
        assertThat(CandlePoints.shown(0, point[0])).isEqualTo(point[0]);
    }

    @Test
    void whatIsNotKnownIsNoNumber() {
        WatchedCandle closesOnly = new WatchedCandle(
                OPEN.plus(Duration.ofHours(2)), 120, 100, 110, Volume.UNKNOWN, CandleFlag.CLOSE_ONLY.bit());

        assertThat(points.point(CANDLE, closesOnly)).containsOnly(Double.NaN);
        assertThat(points.point(null, CANDLE)[0]).isNaN();
    }
}
