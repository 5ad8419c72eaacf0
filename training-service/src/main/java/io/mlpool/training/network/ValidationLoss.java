package io.mlpool.training.network;

import io.mlpool.training.Assignment;
import io.mlpool.training.dataset.Sample;
import io.mlpool.training.dataset.WindowSet;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Measures a network on windows that it does not learn from: for each horizon the mean over known targets, of these the
 * weighted mean. */
final class ValidationLoss {

    private static final int BATCH = 512;

    private final WindowSet windows;
    private final NetworkCard card;
    private final int[] positions;

    /** Looks at {@code most} windows at even distances, or at all if there are no more. */
    ValidationLoss(WindowSet windows, NetworkCard card, int most) {
        this.windows = windows;
        this.card = card;
        this.positions = Sample.evenly(windows.size(), most);
    }

    double of(MultiLayerNetwork network, Assignment.EpochListener listener) {
        NetworkForecaster forecaster = new NetworkForecaster(network, card);
        double[] sums = new double[card.shape().horizons().size()];
        int[] known = new int[sums.length];
        for (int from = 0; from < positions.length; from += BATCH) {
            int to = Math.min(positions.length, from + BATCH);
            listener.working();
            try (Batch batch = Batch.of(windows, card.scaler(), positions, from, to)) {
                add(forecaster.quantiles(batch), from, to, sums, known);
            }
        }
        return mean(sums, known);
    }

    private void add(double[] quantiles, int from, int to, double[] sums, int[] known) {
        QuantileHead head = QuantileHead.of(card);
        for (int i = from; i < to; i++) {
            for (int horizon = 0; horizon < sums.length; horizon++) {
                float target = windows.target(positions[i], horizon);
                sums[horizon] += head.loss(quantiles, i - from, horizon, target);
                known[horizon] += Float.isNaN(target) ? 0 : 1;
            }
        }
    }

    private double mean(double[] sums, int[] known) {
        double[] weights = card.weights();
        double mean = 0;
        for (int horizon = 0; horizon < sums.length; horizon++) {
            mean += weights[horizon] * sums[horizon] / Math.max(1, known[horizon]);
        }
        return mean;
    }
}
