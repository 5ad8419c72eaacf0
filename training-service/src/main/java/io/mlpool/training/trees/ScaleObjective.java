package io.mlpool.training.trees;

import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.scale.RealisedScale;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** One number: the logarithm of the volatility that came true. Its loss is the root mean squared error. */
final class ScaleObjective implements Objective {

    @Override
    public WindowTable learned(WindowSet windows, int[] positions, SplittableRandom random) throws XGBoostError {
        return judged(windows, positions);
    }

    @Override
    public WindowTable judged(WindowSet windows, int[] positions) throws XGBoostError {
        float[][] scales = new float[windows.shape().horizons().size()][positions.length];
        for (int h = 0; h < scales.length; h++) {
            for (int i = 0; i < positions.length; i++) {
                scales[h][i] = RealisedScale.of(windows, positions[i], h);
            }
        }
        return WindowTable.of(windows, positions, scales);
    }

    @Override
    public float[] start(float[] outcomes) {
        double sum = 0;
        for (float outcome : outcomes) {
            sum += outcome;
        }
        return new float[] {(float) (sum / outcomes.length)};
    }

    @Override
    public double loss(float[] outcomes, float[] answer) {
        double sum = 0;
        for (float outcome : outcomes) {
            sum += ((double) outcome - answer[0]) * ((double) outcome - answer[0]);
        }
        return Math.sqrt(sum / outcomes.length);
    }

    @Override
    public Map<String, Object> parameters(int number) {
        return Map.of("objective", "reg:squarederror", "eval_metric", "rmse");
    }
}
