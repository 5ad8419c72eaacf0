package io.mlpool.serving.live;

import io.mlpool.registry.Alias;
import io.mlpool.serving.load.QuestionsInProgress;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The live models that forecast prices. */
public final class LiveForecasters extends LiveSlots<LiveForecaster> {

    private static final String WHAT_TO_DO =
            "train one (POST /runs on the training service) or give a version the alias"
                    + " champion (POST /models/{name}/aliases/champion); GET /models tells what is there";

    private final String prefix;
    private final Rejections rejections;

    LiveForecasters(String prefix, QuestionsInProgress limit, Rejections rejections) {
        super(limit);
        this.prefix = prefix;
        this.rejections = rejections;
    }

    /** What every protocol says, in its own form, when nobody can answer: which champion was rejected and why, and what to do. */
    public String whyNone() {
        String rejected = rejections.all().stream()
                .filter(rejection -> rejection.slot().alias() == Alias.CHAMPION
                        && rejection.slot().model().startsWith(prefix))
                .map(rejection -> "version %d, the champion of %s, is rejected: %s; "
                        .formatted(rejection.version(), rejection.slot().model(), rejection.inPublic()))
                .sorted()
                .collect(Collectors.joining());
        return "no model is live: " + rejected + WHAT_TO_DO;
    }

    /** The champions, shortest interval first. */
    public List<LiveForecaster> champions() {
        return all().stream()
                .filter(model -> model.slot().alias() == Alias.CHAMPION)
                .sorted(Comparator.comparing(
                        model -> model.manifest().features().interval()))
                .toList();
    }
}
