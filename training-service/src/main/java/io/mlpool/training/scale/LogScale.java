package io.mlpool.training.scale;

import io.mlpool.training.network.onnx.Graph;

/** Says for a window by how much the volatility until each horizon differs from the current one, as a logarithm. */
public interface LogScale {

    /**
     * The scales of some rows.
     *
     * @param rows {@code [count x columns]}, see {@link WindowColumns}
     * @return {@code [count x horizons]}
     */
    float[] of(float[] rows, int count);

    /**
     * The same in a graph.
     *
     * @param rows {@code [N, columns]}
     * @return {@code [N, horizons]}
     */
    String in(Graph graph, String rows);
}
