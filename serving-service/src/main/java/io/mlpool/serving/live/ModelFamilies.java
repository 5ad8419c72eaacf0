package io.mlpool.serving.live;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All tasks that serving answers. */
record ModelFamilies(List<ModelFamily<?>> all) {

    ModelFamilies {
        all = List.copyOf(all);
    }

    /** The one that a registered model belongs to; empty when serving takes no such models. */
    Optional<ModelFamily<?>> of(String model) {
        return all.stream()
                .<ModelFamily<?>>map(family -> family)
                .filter(family -> family.holds(model))
                .findFirst();
    }

    /** What is live in a slot. */
    Optional<LiveModel> find(Slot slot) {
        return of(slot.model()).flatMap(family -> family.live().find(slot));
    }

    /** All that is live, by name and then champion before challenger. */
    List<LiveModel> live() {
        return all.stream()
                .<LiveModel>flatMap(family -> family.live().all().stream())
                .sorted(Comparator.comparing((LiveModel model) -> model.slot().model())
                        .thenComparing(model -> model.slot().alias()))
                .toList();
    }
}
