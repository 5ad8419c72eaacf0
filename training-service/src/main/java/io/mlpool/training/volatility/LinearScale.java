package io.mlpool.training.volatility;

import io.mlpool.training.network.onnx.Graph;
import io.mlpool.training.scale.LogScale;

/**
 * A weighted sum of a row's columns.
 *
 * @param weights {@code [columns x horizons]}
 * @param intercepts one for each horizon
 */
record LinearScale(float[] weights, float[] intercepts) implements LogScale {

    /** Columns are bounded, but a sum of many might not be: no horizon is told more than 20 times as wild, or calm, as now. */
    private static final float WIDEST = 3;

    @Override
    public float[] of(float[] rows, int count) {
        int horizons = intercepts.length;
        int columns = weights.length / horizons;
        float[] said = new float[count * horizons];
        for (int i = 0; i < said.length; i++) {
            double sum = intercepts[i % horizons];
            for (int column = 0; column < columns; column++) {
                sum += (double) weights[column * horizons + i % horizons] * rows[i / horizons * columns + column];
            }
            said[i] = (float) Math.clamp(sum, -WIDEST, WIDEST);
        }
        return said;
    }

    @Override
    public String in(Graph graph, String rows) {
        int horizons = intercepts.length;
        String sums = graph.operator("Gemm")
                .on(
                        rows,
                        graph.constant(weights, weights.length / horizons, horizons),
                        graph.constant(intercepts, horizons))
                .output();
        return graph.operator("Clip")
                .on(sums, graph.constant(new float[] {-WIDEST}), graph.constant(new float[] {WIDEST}))
                .output();
    }
}
