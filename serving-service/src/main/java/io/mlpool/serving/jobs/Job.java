package io.mlpool.serving.jobs;

import io.mlpool.model.Horizon;
import java.util.List;
import java.util.UUID;

/**
 * What a job is to do.
 *
 * @param request as it was read
 * @param assets in the order of the result
 */
record Job(UUID id, String request, String interval, List<Horizon> horizons, List<String> assets) {

    Job {
        horizons = List.copyOf(horizons);
        assets = List.copyOf(assets);
        if (assets.isEmpty() || horizons.isEmpty()) {
            throw new IllegalArgumentException("a job needs assets and horizons");
        }
    }

    /** One for each asset and horizon. */
    int items() {
        return assets.size() * horizons.size();
    }

    boolean isLast(Chunk chunk) {
        return chunk.from() + chunk.assets().size() == assets.size();
    }

    /** A number of the assets, committed together. */
    record Chunk(int number, int from, List<String> assets) {}

    /**
     * The next chunk.
     *
     * @param number of chunks before it
     * @param from of assets in them
     */
    Chunk chunk(int number, int from, int size) {
        return new Chunk(number, from, assets.subList(from, Math.min(assets.size(), from + size)));
    }
}
