package io.mlpool.risk;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Seeded hours of made-up assets, and plain days with given prices. */
final class RiskMarket {

    static final Instant START = Instant.parse("2021-01-01T00:00:00Z");

    private RiskMarket() {}

    /** Hours with holes of some hours and one of two days. */
    static CandleSeries walk(String asset, int days, long seed) {
        Random random = new Random(seed + asset.hashCode());
        SeriesKey key = SeriesKey.usd(asset, Interval.ONE_HOUR);
        CandleSeries.Builder builder = new CandleSeries.Builder(key, days * 24);
        double price = 10;
        for (int hour = 0; hour < days * 24; hour++) {
            price *= Math.exp(0.01 * random.nextGaussian());
            boolean outage = hour > 1_000 && hour < 1_050;
            if (!outage && random.nextInt(50) != 0) {
                double traded = random.nextInt(20) == 0 ? 0 : 1_000 * random.nextDouble();
                builder.add(START.getEpochSecond() + hour * 3_600L, price, Volume.base(traded));
            }
        }
        return builder.build();
    }

    /** A candle for each day with these closes; 100 are traded. */
    static CandleSeries days(String asset, int days, IntToDoubleFunction closes) {
        SeriesKey key = SeriesKey.usd(asset, Interval.ONE_DAY);
        CandleSeries.Builder builder = new CandleSeries.Builder(key, days);
        for (int day = 0; day < days; day++) {
            builder.add(
                    START.plus(Duration.ofDays(day)).getEpochSecond(),
                    closes.applyAsDouble(day),
                    Volume.base(100 / closes.applyAsDouble(day)));
        }
        return builder.build();
    }

    /** Newest candles that closed by then, at most those that a row looks at. */
    static CandleSeries known(CandleSeries series, Instant asOf) {
        int to = 0;
        while (to < series.size() && !series.closeTime(to).isAfter(asOf)) {
            to++;
        }
        int from = to;
        while (from > 0 && series.closeTime(from - 1).isAfter(asOf.minus(RiskFeatures.HISTORY))) {
            from--;
        }
        return series.slice(from, to);
    }
}
