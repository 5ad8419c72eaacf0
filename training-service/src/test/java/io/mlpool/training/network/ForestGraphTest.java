package io.mlpool.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.anomaly.AnomalyBundle;
import io.mlpool.anomaly.IsolationForest;
import io.mlpool.model.OnnxRows;
import io.mlpool.training.network.onnx.ForestGraph;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForestGraphTest {

    @Test
    void theGraphScoresAsTheForestDoes() {
        float[] rows = normal(2_000 * 4);
        IsolationForest forest = IsolationForest.grow(rows, 4, IsolationForest.Settings.USUAL, 3);

        try (OnnxRows graph = OnnxRows.of(ForestGraph.write(forest), AnomalyBundle.INPUT, 4)) {
            assertThat(graph.answers(rows, 2_000)).containsExactly(forest.scores(rows, 2_000), within(1e-6f));
        }
    }

    private static float[] normal(int size) {
        Random random = new Random(5);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
