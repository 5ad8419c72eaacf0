package io.mlpool.training;

import io.mlpool.features.FeatureFrame;
import io.mlpool.features.FeatureSchema;
import io.mlpool.features.MarketFactor;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.Horizon;
import io.mlpool.training.dataset.WindowSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Hourly windows of one asset whose laws of motion are known. */
public final class SyntheticMarket {

    public static final ForecastShape SHAPE =
            new ForecastShape(List.of(Horizon.of("1h"), Horizon.of("4h")), ForecastShape.DEFAULT_LEVELS);

    private static final Interval HOUR = Interval.ONE_HOUR;
    private static final long START = Instant.parse("2021-01-01T00:00:00Z").getEpochSecond();

    private SyntheticMarket() {}

    /** How the next log return comes about. */
    @FunctionalInterface
    public interface Law {
        double next(int hour, double previous, double normal);
    }

    /** Returns that nothing foretells. */
    public static double noise(int hour, double previous, double normal) {
        return 0.01 * normal;
    }

    /** Returns that partly go on, three times as wild in the second half of each day. */
    public static double pattern(int hour, double previous, double normal) {
        return 0.5 * previous + (hour % 24 < 12 ? 0.005 : 0.015) * normal;
    }

    public static FeatureSchema schema(int steps) {
        return FeatureSchema.price(HOUR, steps, List.of("bitcoin"));
    }

    /** All windows of {@code bars} hours; those near the end lack their later targets. */
    public static WindowSet windows(Law law, int bars, int steps, long seed) {
        return windows(law, START, bars, steps, seed, targets -> {});
    }

    /** The same a year later, at the same hours of the same days of the week. */
    public static WindowSet later(Law law, int bars, int steps, long seed) {
        return windows(law, START + Duration.ofDays(364).toSeconds(), bars, steps, seed, targets -> {});
    }

    private static WindowSet windows(Law law, long start, int bars, int steps, long seed, Consumer<float[]> change) {
        CandleSeries series = series(law, start, bars, seed);
        FeatureSchema schema = schema(steps);
        FeatureFrame frame = FeatureFrame.of(schema, series, MarketFactor.of(schema, List.of(series)))
                .getFirst();
        int count = bars - schema.windowBars();
        int horizons = SHAPE.horizons().size();
        int[] rows = new int[count];
        float[] targets = new float[count * horizons];
        for (int i = 0; i < count; i++) {
            rows[i] = schema.windowBars() - 1 + i;
            for (int horizon = 0; horizon < horizons; horizon++) {
                int ahead = SHAPE.horizons().get(horizon).bars(HOUR);
                targets[i * horizons + horizon] = target(frame, rows[i], ahead);
            }
        }
        change.accept(targets);
        return new WindowSet(schema, SHAPE, List.of(frame), new int[count], rows, targets);
    }

    /** Windows of {@link #pattern} that tell nothing: each has the targets of another one. */
    public static WindowSet unpredictable(int bars, int steps, long seed) {
        return windows(SyntheticMarket::pattern, START, bars, steps, seed, targets -> shuffle(targets, seed));
    }

    private static void shuffle(float[] targets, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int horizons = SHAPE.horizons().size();
        for (int i = targets.length / horizons - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            for (int horizon = 0; horizon < horizons; horizon++) {
                float swapped = targets[i * horizons + horizon];
                targets[i * horizons + horizon] = targets[other * horizons + horizon];
                targets[other * horizons + horizon] = swapped;
            }
        }
    }

    private static float target(FeatureFrame frame, int row, int ahead) {
        return row + ahead >= frame.rows()
                ? Float.NaN
                : (float) (Math.log(frame.close(row + ahead) / frame.close(row))
                        / (frame.volatility(row) * Math.sqrt(ahead)));
    }

    private static CandleSeries series(Law law, long start, int bars, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CandleSeries.Builder series = new CandleSeries.Builder(SeriesKey.usd("bitcoin", HOUR), bars);
        double previous = 0;
        double logPrice = Math.log(30_000);
        for (int i = 0; i < bars; i++) {
            previous = law.next(i, previous, random.nextGaussian());
            logPrice += previous;
            series.add(start + i * HOUR.seconds(), Math.exp(logPrice), Volume.base(10 + 5 * random.nextDouble()));
        }
        return series.build();
    }
}
