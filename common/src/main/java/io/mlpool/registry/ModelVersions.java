package io.mlpool.registry;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The versions of a model at one moment.
 *
 * @param readable oldest first
 * @param damaged what is wrong with those that are there and cannot be read, by their number
 */
public record ModelVersions(List<ModelVersion> readable, SortedMap<Integer, String> damaged) {

    public ModelVersions {
        readable = List.copyOf(readable);
        damaged = Collections.unmodifiableSortedMap(new TreeMap<>(damaged));
    }
}
