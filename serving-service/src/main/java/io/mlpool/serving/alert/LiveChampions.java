package io.mlpool.serving.alert;

import io.mlpool.serving.alert.rule.Champion;
import io.mlpool.serving.live.ModelsChanged;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.context.event.EventListener;

/** Champions that are live in this process; none until all were loaded that it begins with: of a few of them nobody can tell which are missing. */
class LiveChampions {

    private final Supplier<List<Champion>> live;
    private volatile boolean loaded;

    /** @param live those that are loaded at the moment */
    LiveChampions(Supplier<List<Champion>> live) {
        this.live = live;
    }

    List<Champion> all() {
        return loaded ? live.get() : List.of();
    }

    @EventListener(ModelsChanged.class)
    void loaded() {
        loaded = true;
    }
}
