package io.mlpool.serving.jobs;

import java.util.List;

/**
 * What one version of one model says about a chunk.
 *
 * @param levels of the quantiles in its predictions
 * @param rows one for each asset and horizon, in the order of the result
 */
record ChunkAnswer(String model, int version, List<Double> levels, List<ResultRow> rows) {

    ChunkAnswer {
        levels = List.copyOf(levels);
        rows = List.copyOf(rows);
    }

    int refused() {
        return (int) rows.stream().filter(ResultRow::isRefused).count();
    }
}
