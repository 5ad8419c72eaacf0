package io.mlpool.features;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded random walks with changing volatility, short gaps and one outage that is too long to fill. */
final class RandomMarket {

    static final long START = 1_700_000_000L / 3600 * 3600;

    private RandomMarket() {}

    static List<CandleSeries> series(int bars, long seed, String... assets) {
        List<CandleSeries> market = new ArrayList<>();
        for (String asset : assets) {
            market.add(walk(asset, bars, new Random(seed + asset.hashCode())));
        }
        return market;
    }

    private static CandleSeries walk(String asset, int bars, Random random) {
        SeriesKey key = SeriesKey.usd(asset, Interval.ONE_HOUR);
        CandleSeries.Builder builder = new CandleSeries.Builder(key, bars);
        double price = 100;
        int outage = bars / 2;
        for (int i = 0; i < bars; i++) {
            price *= Math.exp(0.01 * (1 + Math.sin(i / 100.0)) * random.nextGaussian());
            boolean missing = (i > outage && i < outage + 12) || random.nextInt(100) == 0;
            if (!missing) {
                double high = i % 50 == 0 ? Double.NaN : price * Math.exp(0.01 * random.nextDouble());
                builder.add(START + i * 3600L, high, 0.99 * price, price, Volume.base(10 + 5 * random.nextDouble()));
            }
        }
        return builder.build();
    }
}
