package io.mlpool.serving.live;

import io.mlpool.registry.Alias;
import io.mlpool.serving.load.QuestionsInProgress;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is live in each slot. Reading takes one look at one reference; changing swaps it. */
public final class LiveModels {

    private static final String WHAT_TO_DO =
            "train one (POST /runs on the training service) or give a version the alias"
                    + " champion (POST /models/{name}/aliases/champion); GET /models tells what is there";

    private final QuestionsInProgress limit;
    private final Rejections rejections;
    private volatile Map<Slot, LiveModel> models = Map.of();

    LiveModels(QuestionsInProgress limit, Rejections rejections) {
        this.limit = limit;
        this.rejections = rejections;
    }

    /** What every protocol says, in its own form, when nobody can answer: which champion was rejected and why, and what to do. */
    public String whyNone() {
        String rejected = rejections.all().stream()
                .filter(rejection -> rejection.slot().alias() == Alias.CHAMPION)
                .map(rejection -> "version %d, the champion of %s, is rejected: %s; "
                        .formatted(rejection.version(), rejection.slot().model(), rejection.inPublic()))
                .sorted()
                .collect(Collectors.joining());
        return "no model is live: " + rejected + WHAT_TO_DO;
    }

    /** Another object after each change of what is live, to be compared by identity. */
    public Object edition() {
        return models;
    }

    /** All live models, by name and then champion before challenger. Their numbers may be read, not asked for forecasts. */
    public List<LiveModel> all() {
        return sorted(models.values());
    }

    /** The champions, shortest interval first. */
    public List<LiveModel> champions() {
        return all().stream()
                .filter(model -> model.slot().alias() == Alias.CHAMPION)
                .sorted(Comparator.comparing(
                        model -> model.manifest().features().interval()))
                .toList();
    }

    public Optional<LiveModel> find(Slot slot) {
        return Optional.ofNullable(models.get(slot));
    }

    /**
     * Asks the model in a slot for a caller. The answer comes from one and the same model from beginning to end, even when the
     * slot gets another one meanwhile.
     *
     * @return empty when nothing is live there
     * @throws io.mlpool.errors.RefusedException 503 when too many callers ask
     */
    public <T> Optional<T> ask(Slot slot, Function<LiveModel, T> question) {
        return limit.answer(() -> attend(slot, question));
    }

    /** The same for the pool's own work, which is done however many callers ask. */
    public <T> Optional<T> attend(Slot slot, Function<LiveModel, T> question) {
        for (LiveModel model = models.get(slot); model != null; model = models.get(slot)) {
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
    synchronized void swapIn(LiveModel model) {
        Map<Slot, LiveModel> next = new HashMap<>(models);
        LiveModel before = next.put(model.slot(), model);
        models = Map.copyOf(next);
        if (before != null) {
            before.leave();
        }
    }

    /** Empties a slot. */
    synchronized void takeOut(Slot slot) {
        Map<Slot, LiveModel> next = new HashMap<>(models);
        LiveModel before = next.remove(slot);
        models = Map.copyOf(next);
        if (before != null) {
            before.leave();
        }
    }

    private static List<LiveModel> sorted(Collection<LiveModel> models) {
        return models.stream()
                .sorted(Comparator.comparing((LiveModel model) -> model.slot().model())
                        .thenComparing(model -> model.slot().alias()))
                .toList();
    }
}
