package io.mlpool.serving.prediction;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.market.Interval;
import io.mlpool.model.Horizon;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the champion that answers for an interval, and the horizon that is meant. */
public final class ModelChoice {

    private static final Duration NEXT_LOOK = Duration.ofSeconds(5);

    private final LiveForecasters live;

    public ModelChoice(LiveForecasters live) {
        this.live = live;
    }

    /**
     * The champion for this interval; for none the only one there is.
     *
     * @throws RefusedException when no model is live
     * @throws InvalidRequestException listing what can be asked
     */
    public LiveForecaster champion(@Nullable String interval) {
        List<LiveForecaster> champions = live.champions();
        if (champions.isEmpty()) {
            throw noneLive(live);
        }
        if (interval == null) {
            return only(champions);
        }
        return champions.stream()
                .filter(model -> model.manifest().features().interval().label().equals(interval))
                .findFirst()
                .orElseThrow(() -> unanswered(List.of("body", "interval"), interval, intervals(champions)));
    }

    /**
     * The horizon with this label; for none the longest.
     *
     * @param answered those that the model answers
     */
    public static Horizon horizon(@Nullable String label, NavigableSet<Horizon> answered) {
        return label == null ? answered.last() : horizon(label, answered, List.of("body", "horizon"));
    }

    /**
     * The horizon with this label.
     *
     * @param place where in the request it stands
     */
    public static Horizon horizon(String label, NavigableSet<Horizon> answered, List<Object> place) {
        return parsed(label)
                .filter(answered::contains)
                .orElseThrow(() -> unanswered(place, label, answered.toString()));
    }

    /** For who asks when no model is live. */
    public static RefusedException noneLive(LiveForecasters live) {
        return RefusedException.unavailable(live.whyNone(), NEXT_LOOK);
    }

    private static Optional<Horizon> parsed(String label) {
        try {
            return Optional.of(Horizon.of(label));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static LiveForecaster only(List<LiveForecaster> champions) {
        if (intervals(champions).contains(",")) {
            throw InvalidRequestException.of(
                    "missing",
                    List.of("body", "interval"),
                    "Field required, models answer for " + intervals(champions),
                    null);
        }
        return champions.getFirst();
    }

    private static String intervals(Collection<LiveForecaster> champions) {
        return champions.stream()
                .map(model -> model.manifest().features().interval())
                .map(Interval::label)
                .distinct()
                .toList()
                .toString();
    }

    private static InvalidRequestException unanswered(List<Object> place, String found, String answered) {
        return InvalidRequestException.of("enum", place, "Input should be one of %s".formatted(answered), found);
    }
}
