package io.mlpool.serving.inference;

import io.mlpool.errors.RefusedException;
import io.mlpool.features.FeatureSchema;
import io.mlpool.registry.Alias;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Asks the live model of a name, or a version of it that is live, about windows. */
final class Inference {

    private final LiveForecasters live;

    Inference(LiveForecasters live) {
        this.live = live;
    }

    /**
     * What a model said.
     *
     * @param quantiles {@code [windows x horizons x levels]}, before calibration
     */
    record Answer(LiveForecaster model, int windows, float[] quantiles) {}

    /**
     * The model with this name.
     *
     * @param version null for the champion
     * @throws RefusedException 404 saying what is live
     */
    LiveForecaster require(String name, @Nullable String version) {
        return live.all().stream()
                .filter(model -> model.slot().model().equals(name))
                .filter(model -> version == null
                        ? model.slot().alias() == Alias.CHAMPION
                        : version.equals(Integer.toString(model.version().version())))
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound("model %s%s is not live; %s"
                        .formatted(name, version == null ? "" : " version " + version, others())));
    }

    /** The only champion. */
    LiveForecaster only() {
        List<LiveForecaster> champions = live.champions();
        if (champions.size() != 1) {
            throw champions.isEmpty()
                    ? RefusedException.notFound(live.whyNone())
                    : new RefusedException(
                            400,
                            "several models are live, say which: ?model=... behind the path, or \"params\": {\"model\": ...} in JSON; live are "
                                    + names());
        }
        return champions.getFirst();
    }

    /**
     * Asks it.
     *
     * @param pinned whether it must be this version; else whatever is live in its slot by now
     * @param count counts the windows, and refuses what is none of the model's schema
     */
    Answer ask(LiveForecaster chosen, boolean pinned, float[] windows, ToIntFunction<FeatureSchema> count) {
        int version = chosen.version().version();
        return live.ask(chosen.slot(), model -> {
                    int number = count.applyAsInt(model.manifest().features());
                    return new Answer(model, number, model.forecast(windows, number));
                })
                .filter(answer -> !pinned || answer.model().version().version() == version)
                .orElseThrow(() -> RefusedException.notFound("%s version %d is not live any more"
                        .formatted(chosen.slot().model(), version)));
    }

    /** Whether any champion can be asked. */
    boolean isReady() {
        return !live.champions().isEmpty();
    }

    /** Versions of a name that are live, the champion's first. */
    List<String> versions(String name) {
        return live.all().stream()
                .filter(model -> model.slot().model().equals(name))
                .map(model -> Integer.toString(model.version().version()))
                .distinct()
                .toList();
    }

    private String others() {
        return isReady() ? "live are " + names() : live.whyNone();
    }

    private List<String> names() {
        return live.all().stream()
                .map(model -> "%s version %d"
                        .formatted(model.slot().model(), model.version().version()))
                .distinct()
                .toList();
    }
}
