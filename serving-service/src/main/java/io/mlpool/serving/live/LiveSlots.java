package io.mlpool.serving.live;

import io.mlpool.serving.load.QuestionsInProgress;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is live in the slots of one task. Reading takes one look at one reference; changing swaps it.
 *
 * @param <M> what answers there
 */
public class LiveSlots<M extends LiveModel> {

    private final QuestionsInProgress limit;
    private volatile Map<Slot, M> models = Map.of();

    public LiveSlots(QuestionsInProgress limit) {
        this.limit = limit;
    }

    /** Another object after each change of what is live, to be compared by identity. */
    public final Object edition() {
        return models;
    }

    /** All live models, by name and then champion before challenger. Their numbers may be read, not asked for answers. */
    public final List<M> all() {
        return sorted(models.values());
    }

    public final Optional<M> find(Slot slot) {
        return Optional.ofNullable(models.get(slot));
    }

    /**
     * Asks the model in a slot for a caller. The answer comes from one and the same model from beginning to end, even when the
     * slot gets another one meanwhile.
     *
     * @return empty when nothing is live there
     * @throws io.mlpool.errors.RefusedException 503 when too many callers ask
     */
    public final <T> Optional<T> ask(Slot slot, Function<M, T> question) {
        return limit.answer(() -> attend(slot, question));
    }

    /** The same for the pool's own work, which is done however many callers ask. */
    public final <T> Optional<T> attend(Slot slot, Function<M, T> question) {
        for (M model = models.get(slot); model != null; model = models.get(slot)) {
            if (model.enter()) {
                try {
                    return Optional.of(question.apply(model));
                } finally {
                    model.leave();
                }
            }
        }
        return Optional.empty();
    }

    /** Puts a model into its slot; the one before is closed as soon as it has answered what it was asked. */
    final synchronized void swapIn(M model) {
        Map<Slot, M> next = new HashMap<>(models);
        M before = next.put(model.slot(), model);
        models = Map.copyOf(next);
        if (before != null) {
            before.leave();
        }
    }

    /** Empties a slot. */
    final synchronized void takeOut(Slot slot) {
        Map<Slot, M> next = new HashMap<>(models);
        M before = next.remove(slot);
        models = Map.copyOf(next);
        if (before != null) {
            before.leave();
        }
    }

    private static <M extends LiveModel> List<M> sorted(Collection<M> models) {
        return models.stream()
                .sorted(Comparator.comparing((M model) -> model.slot().model())
                        .thenComparing(model -> model.slot().alias()))
                .toList();
    }
}
