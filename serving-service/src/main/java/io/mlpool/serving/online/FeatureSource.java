package io.mlpool.serving.online;

import java.time.Instant;
import java.util.List;

/** A view, as it is named in requests. */
interface FeatureSource {

    String name();

    List<String> features();

    /** A column for each of some of its features, by their positions, with a cell for each asset, as known at this time. */
    List<List<Cell>> columns(List<Integer> features, List<String> assets, Instant now);
}
