package io.mlpool.training.evaluation;

import io.mlpool.features.FeatureFrame;
import io.mlpool.features.FeatureSchema;
import io.mlpool.features.MarketFactor;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.Horizon;
import io.mlpool.training.TestCandles;
import io.mlpool.training.dataset.WindowSet;
import java.util.List;
import java.util.stream.IntStream;

/** Windows whose targets are chosen; every bar moves by 1 %, so that volatility is 0.01 to the last digit. */
public final class Handmade {

    public static final ForecastShape SHAPE =
            new ForecastShape(List.of(Horizon.of("1h"), Horizon.of("4h")), ForecastShape.DEFAULT_LEVELS);

    private Handmade() {}

    /** What happens after a window. */
    @FunctionalInterface
    public interface Outcome {
        double of(int window, int horizon);
    }

    /** What is said about a window. */
    @FunctionalInterface
    public interface Answer {
        double of(int window, int horizon, double level);
    }

    public static WindowSet windows(int count, Outcome outcome) {
        FeatureSchema schema = FeatureSchema.priceV1(Interval.ONE_HOUR, 1, List.of("bitcoin"));
        CandleSeries series = series(schema.windowBars() + count);
        FeatureFrame frame = FeatureFrame.of(schema, series, MarketFactor.of(schema, List.of(series)))
                .getFirst();
        float[] targets = new float[2 * count];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = (float) outcome.of(i / 2, i % 2);
        }
        int[] rows =
                IntStream.range(0, count).map(i -> schema.windowBars() - 1 + i).toArray();
        return new WindowSet(schema, SHAPE, List.of(frame), new int[count], rows, targets);
    }

    public static Forecasts forecasts(WindowSet windows, Answer answer) {
        List<Double> levels = SHAPE.levels();
        float[] quantiles = new float[windows.size() * SHAPE.size()];
        for (int i = 0; i < quantiles.length; i++) {
            int level = i % levels.size();
            int horizon = i / levels.size() % 2;
            quantiles[i] = (float) answer.of(i / SHAPE.size(), horizon, levels.get(level));
        }
        return new Forecasts(windows, quantiles);
    }

    private static CandleSeries series(int bars) {
        CandleSeries.Builder series = new CandleSeries.Builder(SeriesKey.usd("bitcoin", Interval.ONE_HOUR), bars);
        for (int i = 0; i < bars; i++) {
            double price = i % 2 == 0 ? 1000 : 1000 * Math.exp(0.01);
            series.add(TestCandles.START.getEpochSecond() + 3600L * i, price, Volume.base(1));
        }
        return series.build();
    }
}
