package io.mlpool.training.network;

import io.mlpool.model.ForecastShape;
import io.mlpool.model.Forecaster;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Answers with DL4J's arithmetic. DL4J lets one thread at a time into a network. */
final class NetworkForecaster implements Forecaster {

    private static final int BATCH = 512;

    private final MultiLayerNetwork network;
    private final NetworkCard card;

    NetworkForecaster(MultiLayerNetwork network, NetworkCard card) {
        this.network = network;
        this.card = card;
    }

    @Override
    public ForecastShape shape() {
        return card.shape();
    }

    @Override
    public float[] forecast(float[] windows, int count) {
        float[] answers = new float[count * card.shape().size()];
        for (int from = 0; from < count; from += BATCH) {
            int to = Math.min(count, from + BATCH);
            try (Batch batch = Batch.of(windows, from, to, card.features(), card.scaler())) {
                double[] quantiles = quantiles(batch);
                for (int i = 0; i < quantiles.length; i++) {
                    answers[from * card.shape().size() + i] = (float) quantiles[i];
                }
            }
        }
        return answers;
    }

    double[] quantiles(Batch batch) {
        double[] rows = network.output(batch.windows()).ravel().toDoubleVector();
        QuantileHead.of(card).toQuantiles(rows);
        return rows;
    }
}
