package io.mlpool.registry;

import java.util.Map;

/**
 * The aliases of a model at one moment.
 *
 * @param targets number of the version that each points to; one that points nowhere is missing
 * @param unreadable what is wrong, of each that cannot be read
 */
public record ModelAliases(String model, Map<Alias, Integer> targets, Map<Alias, String> unreadable) {

    public ModelAliases {
        targets = Map.copyOf(targets);
        unreadable = Map.copyOf(unreadable);
    }
}
