package io.mlpool.training.pipeline;

import io.mlpool.training.dataset.DatasetSnapshot;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code params.json}: all that a run's bits depend on beside the code. A run that is taken up again with others starts over.
 *
 * @param trainer settings of the trainer, by name
 * @param parentVersion champion it is fine-tuned from; absent for a fresh start
 */
public record RunParameters(
        TrainingSpec spec,
        TrainingSettings settings,
        Map<String, String> trainer,
        DatasetSnapshot snapshot,
        @Nullable Integer parentVersion) {

    public RunParameters {
        trainer = Map.copyOf(trainer);
    }

    /** The same without a parent, where nothing can be fine-tuned from it. */
    RunParameters afresh() {
        return new RunParameters(spec, settings, trainer, snapshot, null);
    }

    /** What can be compared between runs, by dotted names: {@code trainer.width}. Neither the run's own name nor its candles. */
    Map<String, String> byName() {
        Map<String, String> names = new TreeMap<>();
        flatten("", RunJson.MAPPER.valueToTree(this), names);
        String horizons = "settings.horizons.";
        names.keySet()
                .removeIf(name -> name.equals("spec.run_id")
                        || name.startsWith("spec.hyper_parameters.")
                        || name.startsWith("snapshot.")
                        || (name.startsWith(horizons) && !name.equals(horizons + spec.interval())));
        names.replace("spec.assets", "[]", "all");
        names.replace("spec.learn_from", "[]", "all");
        return names;
    }

    private static void flatten(String name, JsonNode value, Map<String, String> names) {
        if (value.isObject()) {
            value.forEachEntry((key, child) -> flatten(name.isEmpty() ? key : name + "." + key, child, names));
        } else if (!value.isNull()) {
            names.put(name, value.isString() ? value.asString() : value.toString());
        }
    }
}
