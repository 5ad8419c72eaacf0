package io.mlpool.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandlePointsTest {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final long STEP = 3600;
    private static final int CANDLES = 900;

    @Test
    void aPointIsTheSameLiveAndFromHistory() {
        List<CandleSeries> market = List.of(walk("aave", 1), walk("maker", 2), walk("uniswap", 3), walk("dai", 4));
        CandleSeries series = market.getFirst();
        CandlePoints history = CandlePoints.of(series, MarketReturns.of(market), LockedChanges.of(figures()));
        int judged = 0;

        for (int i = 600; i < series.size(); i += 7) {
            Instant from = CandlePoints.historyFrom(Interval.ONE_HOUR, series.closeTime(i));
            List<CandleSeries> known = new ArrayList<>();
            for (CandleSeries one : market) {
                known.add(between(one, from, series.closeTime(i)));
            }
            List<LockedChanges.Figure> told = figures().stream()
                    .filter(one -> one.day()
                            .isAfter(LocalDate.ofInstant(from, ZoneOffset.UTC).minusDays(45)))
                    .toList();
            CandlePoints live = CandlePoints.of(known.getFirst(), MarketReturns.of(known), LockedChanges.of(told));
            for (Dimension dimension : Dimension.values()) {
                assertThat(live.scaled(live.size() - 1, dimension))
                        .isEqualTo(Float.valueOf(history.scaled(i, dimension)));
                assertThat(live.usual(live.size() - 1, dimension))
                        .isEqualTo(Double.valueOf(history.usual(i, dimension)));
                judged += history.isKnown(i, dimension) ? 1 : 0;
            }
        }
        assertThat(judged).isGreaterThan(150);
    }

    @Test
    void whatComesLaterChangesNothing() {
        CandleSeries series = walk("aave", 1);
        CandleSeries shorter = series.slice(0, 500);

        CandlePoints whole = CandlePoints.of(series, MarketReturns.of(List.of()), LockedChanges.UNKNOWN);
        CandlePoints part = CandlePoints.of(shorter, MarketReturns.of(List.of()), LockedChanges.UNKNOWN);

        for (int i = 0; i < part.size(); i++) {
            assertThat(part.scaled(i, Dimension.RETURN)).isEqualTo(Float.valueOf(whole.scaled(i, Dimension.RETURN)));
            assertThat(part.scaled(i, Dimension.VOLUME)).isEqualTo(Float.valueOf(whole.scaled(i, Dimension.VOLUME)));
        }
    }

    @Test
    void whatIsNotKnownIsNotMadeUp() {
        CandleSeries series = closesOf(walk("aave", 1));
        CandlePoints points = CandlePoints.of(series, MarketReturns.of(List.of(series)), LockedChanges.UNKNOWN);
        int last = points.size() - 1;

        assertThat(points.isKnown(last, Dimension.RANGE)).isFalse();
        assertThat(points.isKnown(last, Dimension.SPREAD))
                .as("one asset is no market")
                .isFalse();
        assertThat(points.isKnown(last, Dimension.LOCKED)).isFalse();
        assertThat(points.isKnown(10)).as("too little came before").isFalse();
    }

    @Test
    void aScaleIsMadeOfTheMedianAndTheQuartilesBefore() {
        Trailing before = new Trailing(5, 0.001);
        for (int i = 1; i <= 9; i++) {
            before.learn(i, i);
        }

        assertThat(before.median()).isEqualTo(5);
        assertThat(before.scaled(5)).isZero();
        assertThat(Math.sinh(before.scaled(13)))
                .as("quartiles 3 and 7: a spread of 4 / 1.349")
                .isCloseTo(8 / (4 / 1.349), within(1e-5));
        before.forget(5);
        assertThat(before.median()).isEqualTo(7);
    }

    @Test
    void aSourceThatCountsVolumeDifferentlyBeginsAnew() {
        CandleSeries.Builder builder = new CandleSeries.Builder(SeriesKey.usd("aave", Interval.ONE_HOUR), 200);
        for (int i = 0; i < 200; i++) {
            Volume volume = i < 120 ? Volume.base(1 + i % 3) : Volume.trailing24h(1_000 + i % 3);
            builder.add(START.getEpochSecond() + i * STEP, 100, volume);
        }
        CandlePoints points = CandlePoints.of(builder.build(), MarketReturns.of(List.of()), LockedChanges.UNKNOWN);

        assertThat(points.isKnown(119, Dimension.VOLUME)).isTrue();
        assertThat(points.isKnown(120, Dimension.VOLUME)).isFalse();
        assertThat(points.isKnown(199, Dimension.VOLUME)).isTrue();
        assertThat(points.scaled(199, Dimension.VOLUME)).isBetween(-2f, 2f);
    }

    @Test
    void aReturnOverAGapIsNone() {
        CandleSeries series = walk("aave", 1);
        int after = 1;
        while (series.openSecond(after) - series.openSecond(after - 1) == STEP || after < 100) {
            after++;
        }

        assertThat(MarketReturns.logReturn(series, after)).isNaN();
    }

    @Test
    void theMarketIsTheMedianOfItsMembers() {
        List<CandleSeries> members = List.of(pair("a", 1.01), pair("b", 1.02), pair("c", 9));

        assertThat(MarketReturns.of(members).at(START.getEpochSecond() + STEP))
                .isCloseTo(Math.log(1.02), within(1e-12));
        assertThat(MarketReturns.of(members.subList(0, 2)).at(START.getEpochSecond() + STEP))
                .isNaN();
    }

    @Test
    void aChangeOfTheValueLockedIsToldOnceWhenItBecomesKnown() {
        LockedChanges changes = LockedChanges.of(figures());
        Instant known = START.plus(Duration.ofDays(30)).plus(Duration.ofHours(26));

        assertThat(changes.between(known.minusSeconds(1).getEpochSecond(), known.getEpochSecond()))
                .isPresent();
        assertThat(changes.between(
                        known.getEpochSecond(), known.plusSeconds(7200).getEpochSecond()))
                .isEmpty();
    }

    private static CandleSeries pair(String asset, double factor) {
        CandleSeries.Builder builder = new CandleSeries.Builder(SeriesKey.usd(asset, Interval.ONE_HOUR), 2);
        builder.add(START.getEpochSecond(), 1, Volume.UNKNOWN);
        builder.add(START.getEpochSecond() + STEP, factor, Volume.UNKNOWN);
        return builder.build();
    }

    private static List<LockedChanges.Figure> figures() {
        List<LockedChanges.Figure> figures = new ArrayList<>();
        Random random = new Random(9);
        double usd = 1e9;
        for (int day = 0; day < 40; day++) {
            usd *= Math.exp(0.02 * random.nextGaussian());
            Instant known = START.plus(Duration.ofDays(day)).plus(Duration.ofHours(26));
            figures.add(new LockedChanges.Figure(
                    "aave-v2", LocalDate.ofInstant(START, ZoneOffset.UTC).plusDays(day), known, usd));
        }
        return figures;
    }

    private static CandleSeries closesOf(CandleSeries series) {
        CandleSeries.Builder closes = new CandleSeries.Builder(series.key(), series.size());
        for (int i = 0; i < series.size(); i++) {
            closes.add(series.openSecond(i), series.close(i), Volume.UNKNOWN);
        }
        return closes.build();
    }

    private static CandleSeries between(CandleSeries series, Instant from, Instant close) {
        int first = 0;
        while (series.openTime(first).isBefore(from)) {
            first++;
        }
        int last = first;
        while (last < series.size() && !series.closeTime(last).isAfter(close)) {
            last++;
        }
        return series.slice(first, last);
    }

    private static CandleSeries walk(String asset, long seed) {
        Random random = new Random(seed);
        CandleSeries.Builder builder = new CandleSeries.Builder(SeriesKey.usd(asset, Interval.ONE_HOUR), CANDLES);
        double price = 100;
        for (int i = 0; i < CANDLES; i++) {
            price *= Math.exp(0.01 * random.nextGaussian());
            if (random.nextInt(80) > 0) {
                double high = price * Math.exp(0.01 + 1e-5 * (i % 97));
                builder.add(
                        START.getEpochSecond() + i * STEP, high, price, price, Volume.base(10 + random.nextDouble()));
            }
        }
        return builder.build();
    }
}
