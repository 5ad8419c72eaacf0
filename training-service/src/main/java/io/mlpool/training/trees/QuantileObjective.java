package io.mlpool.training.trees;

import io.mlpool.training.dataset.Mirror;
import io.mlpool.training.dataset.Quantiles;
import io.mlpool.training.dataset.WindowSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * A quantile of the scaled return for each level, by the pinball loss. Every second row that is learned from is turned over, see
 * {@link Mirror}.
 *
 * @param levels in rising order
 */
record QuantileObjective(List<Double> levels) implements Objective {

    QuantileObjective {
        levels = List.copyOf(levels);
    }

    @Override
    public WindowTable learned(WindowSet windows, int[] positions, SplittableRandom random) throws XGBoostError {
        return WindowTable.mirrored(
                windows, positions, targets(windows, positions), new Mirror(windows.schema(), random));
    }

    @Override
    public WindowTable judged(WindowSet windows, int[] positions) throws XGBoostError {
        return WindowTable.of(windows, positions, targets(windows, positions));
    }

    private static float[][] targets(WindowSet windows, int[] positions) {
        float[][] targets = new float[windows.shape().horizons().size()][positions.length];
        for (int h = 0; h < targets.length; h++) {
            for (int i = 0; i < positions.length; i++) {
                targets[h][i] = windows.target(positions[i], h);
            }
        }
        return targets;
    }

    @Override
    public float[] start(float[] outcomes) {
        double[] sorted = new double[outcomes.length];
        Arrays.setAll(sorted, i -> outcomes[i]);
        Arrays.sort(sorted);
        float[] quantiles = new float[levels.size()];
        for (int level = 0; level < quantiles.length; level++) {
            quantiles[level] = (float) Quantiles.of(sorted, levels.get(level));
        }
        return quantiles;
    }

    @Override
    public double loss(float[] outcomes, float[] answer) {
        double sum = 0;
        for (float outcome : outcomes) {
            for (int level = 0; level < answer.length; level++) {
                double error = (double) outcome - answer[level];
                sum += Math.max(levels.get(level) * error, (levels.get(level) - 1) * error);
            }
        }
        return sum / outcomes.length / answer.length;
    }

    @Override
    public Map<String, Object> parameters(int number) {
        return Map.of(
                "objective", "reg:quantileerror", "quantile_alpha", levels.get(number), "eval_metric", "quantile");
    }
}
