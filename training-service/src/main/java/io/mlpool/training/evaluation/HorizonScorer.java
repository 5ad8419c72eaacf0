package io.mlpool.training.evaluation;

import io.mlpool.model.Horizon;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.naive.LastPrice;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Scores the forecasts of one horizon beside those of the naive opponents. */
final class HorizonScorer {

    private final Forecasts forecasts;
    private final Forecasts naive;
    private final Forecasts lastPrice;
    private final WindowSet windows;
    private final int horizon;
    private final double rootOfBars;
    private final int[] known;

    HorizonScorer(Forecasts forecasts, Forecasts naive, int horizon) {
        this.forecasts = forecasts;
        this.naive = naive;
        this.windows = forecasts.windows();
        this.lastPrice = Forecasts.constant(new LastPrice(windows.shape()), windows);
        this.horizon = horizon;
        this.rootOfBars = Math.sqrt(label().bars(windows.schema().interval()));
        this.known = IntStream.range(0, windows.size())
                .filter(i -> !Float.isNaN(windows.target(i, horizon)))
                .toArray();
    }

    HorizonScore score(StepErrors steps, AsymmetricCost cost) {
        double loss = mean(i -> forecasts.loss(i, horizon));
        double naiveLoss = mean(i -> naive.loss(i, horizon));
        double lastPriceLoss = mean(i -> lastPrice.loss(i, horizon));
        double absolute = mean(i -> Math.abs(windows.target(i, horizon)));
        return new HorizonScore(
                label(),
                known.length,
                TimeMeans.of(windows, i -> windows.target(i, horizon)).length,
                ratio(loss, absolute),
                ratio(naiveLoss, absolute),
                skill(loss, naiveLoss),
                skill(loss, lastPriceLoss),
                100 * mean(i -> forecasts.loss(i, horizon) * scale(i)),
                forecasts.coverage(horizon),
                naive.coverage(horizon),
                winkler(),
                mean(i -> Math.abs(windows.target(i, horizon) - median(i)) * scale(i) / steps.of(windows.asset(i))),
                mean(i -> Math.abs(windows.target(i, horizon)) * scale(i) / steps.of(windows.asset(i))),
                DirectionalAccuracy.of(forecasts, horizon),
                100 * mean(i -> cost.of(median(i), windows.target(i, horizon)) * scale(i)),
                100 * mean(i -> cost.of(0, windows.target(i, horizon)) * scale(i)),
                reliability());
    }

    private Horizon label() {
        return windows.shape().horizons().get(horizon);
    }

    /** Log return that one unit of the scaled return stands for. */
    private double scale(int i) {
        return windows.volatility(i) * rootOfBars;
    }

    private double median(int i) {
        return forecasts.quantile(i, horizon, windows.shape().medianIndex());
    }

    private Map<String, Double> winkler() {
        Map<String, Double> scores = new TreeMap<>();
        for (CentralInterval interval : CentralInterval.of(windows.shape().levels())) {
            scores.put(interval.label(), mean(i -> interval.winkler(forecasts, i, horizon)));
        }
        return scores;
    }

    private List<Double> reliability() {
        return IntStream.range(0, windows.shape().levels().size())
                .mapToObj(
                        level -> mean(i -> windows.target(i, horizon) <= forecasts.quantile(i, horizon, level) ? 1 : 0))
                .toList();
    }

    private double mean(IntToDoubleFunction value) {
        double sum = 0;
        for (int i : known) {
            sum += value.applyAsDouble(i);
        }
        return known.length == 0 ? 0 : sum / known.length;
    }

    private static double ratio(double value, double by) {
        return by > 0 ? value / by : 0;
    }

    private static double skill(double loss, double opponent) {
        return opponent > 0 ? 100 * (1 - loss / opponent) : 0;
    }
}
