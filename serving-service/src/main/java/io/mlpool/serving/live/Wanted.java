package io.mlpool.serving.live;

import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelAliases;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the aliases ask for.
 *
 * @param models that the registry has
 * @param slots of those models, with the version that is to be live or none; without those that cannot be read
 * @param unreadable what is wrong with those
 */
record Wanted(Set<String> models, Map<Slot, Optional<Integer>> slots, List<String> unreadable) {

    /** @param taken whether serving answers with a model of this name */
    static Wanted by(List<ModelAliases> models, Predicate<String> taken) {
        Set<String> names = new HashSet<>();
        Map<Slot, Optional<Integer>> slots = new LinkedHashMap<>();
        List<String> unreadable = new ArrayList<>();
        for (ModelAliases model : models) {
            if (taken.test(model.model())) {
                names.add(model.model());
                for (Alias alias : Alias.values()) {
                    slots.put(
                            new Slot(model.model(), alias),
                            Optional.ofNullable(model.targets().get(alias)));
                }
                model.unreadable().forEach((alias, why) -> {
                    Slot slot = new Slot(model.model(), alias);
                    slots.remove(slot);
                    unreadable.add("%s: %s".formatted(slot, why));
                });
            }
        }
        return new Wanted(names, slots, unreadable);
    }

    boolean isFilled(Slot slot) {
        return slots.getOrDefault(slot, Optional.empty()).isPresent();
    }

    /** Whether the registry has this slot's model, whatever its aliases say. */
    boolean knows(Slot slot) {
        return models.contains(slot.model());
    }
}
