package io.mlpool.training.evaluation;

import io.mlpool.model.Calibration;
import io.mlpool.model.ForecastShape;
import io.mlpool.training.dataset.Quantiles;
import io.mlpool.training.dataset.WindowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits a {@link Calibration} on forecasts of windows that their models had not seen: each quantile is moved by the same
 * quantile of its errors (split conformal prediction; Romano, Patterson and Candès 2019). How far it is moved, from not at all to
 * fully, is chosen for each horizon on folds that the errors do not come from, and each of them must gain: what one quiet stretch
 * teaches makes the next, wild one worse, and a gain in the mean alone is often that of a single stretch.
 */
public final class Calibrator {

    private static final double[] SHRINKAGE = {0, 0.25, 0.5, 0.75, 1};

    private final ForecastShape shape;
    private final List<Forecasts> folds;

    private Calibrator(List<Forecasts> folds) {
        this.shape = folds.getFirst().windows().shape();
        this.folds = folds.size() > 1 ? folds : halves(folds.getFirst());
    }

    /**
     * The calibration that these folds support.
     *
     * @param folds forecasts of several stretches of time, each by a model trained before it; a single one is cut in two
     */
    public static CalibrationReport fit(List<Forecasts> folds) {
        Calibrator calibrator = new Calibrator(folds);
        List<List<Double>> offsets = new ArrayList<>();
        List<CalibrationReport.Choice> choices = new ArrayList<>();
        for (int h = 0; h < calibrator.shape.horizons().size(); h++) {
            CalibrationReport.Choice choice = calibrator.choose(h);
            choices.add(choice);
            offsets.add(calibrator.offsets(calibrator.folds, h, choice.shrinkage()));
        }
        return new CalibrationReport(new Calibration(offsets), choices);
    }

    private CalibrationReport.Choice choose(int horizon) {
        double[] unmoved = losses(horizon, 0);
        double before = Arrays.stream(unmoved).average().orElse(0);
        double best = before;
        double chosen = 0;
        for (double shrinkage : SHRINKAGE) {
            double[] moved = losses(horizon, shrinkage);
            double mean = Arrays.stream(moved).average().orElse(0);
            if (mean < best && IntStream.range(0, moved.length).allMatch(fold -> moved[fold] < unmoved[fold])) {
                best = mean;
                chosen = shrinkage;
            }
        }
        return new CalibrationReport.Choice(shape.horizons().get(horizon), chosen, before, best);
    }

    /** Loss of each fold, calibrated by the others. */
    private double[] losses(int horizon, double shrinkage) {
        double[] losses = new double[folds.size()];
        for (int i = 0; i < losses.length; i++) {
            List<Forecasts> others = new ArrayList<>(folds);
            Forecasts fold = others.remove(i);
            losses[i] = mean(fold, horizon, offsets(others, horizon, shrinkage));
        }
        return losses;
    }

    private double mean(Forecasts fold, int horizon, List<Double> offsets) {
        Calibration moved = onlyAt(horizon, offsets);
        WindowSet windows = fold.windows();
        double sum = 0;
        int count = 0;
        for (int i = 0; i < windows.size(); i++) {
            if (!Float.isNaN(windows.target(i, horizon))) {
                double[] quantiles = moved.apply(fold.quantiles(), i, horizon);
                for (int level = 0; level < quantiles.length; level++) {
                    sum += Pinball.of(shape.levels().get(level), quantiles[level], windows.target(i, horizon));
                }
                count++;
            }
        }
        return count == 0 ? 0 : 2 * sum / shape.levels().size() / count;
    }

    private Calibration onlyAt(int horizon, List<Double> offsets) {
        List<List<Double>> all = new ArrayList<>(Calibration.none(shape).offsets());
        all.set(horizon, offsets);
        return new Calibration(all);
    }

    private List<Double> offsets(List<Forecasts> from, int horizon, double shrinkage) {
        return IntStream.range(0, shape.levels().size())
                .mapToObj(level -> shrinkage == 0
                        ? 0.0
                        : shrinkage
                                * Quantiles.of(
                                        errors(from, horizon, level),
                                        shape.levels().get(level)))
                .toList();
    }

    private static double[] errors(List<Forecasts> from, int horizon, int level) {
        return from.stream()
                .flatMapToDouble(fold -> IntStream.range(0, fold.windows().size())
                        .mapToDouble(i -> fold.windows().target(i, horizon) - fold.quantile(i, horizon, level)))
                .filter(error -> !Double.isNaN(error))
                .sorted()
                .toArray();
    }

    private static List<Forecasts> halves(Forecasts whole) {
        int middle = whole.windows().size() / 2;
        return List.of(
                whole.slice(0, middle), whole.slice(middle, whole.windows().size()));
    }
}
