package io.mlpool.training.ensemble;

import io.mlpool.training.Trainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The trainers of an ensemble.
 *
 * @param known every trainer that there is, by the label of its algorithm
 * @param asked those that are asked, in order
 */
record Members(Map<String, Trainer> known, List<String> asked) {

    Members {
        known = Map.copyOf(known);
        asked = List.copyOf(asked);
        for (String label : asked) {
            if (!known.containsKey(label)) {
                throw new IllegalArgumentException(
                        "an ensemble has no member '%s', there are %s".formatted(label, new TreeMap<>(known).keySet()));
            }
        }
    }

    SequencedMap<String, Trainer> trainers() {
        SequencedMap<String, Trainer> trainers = new LinkedHashMap<>();
        asked.forEach(label -> trainers.put(label, trainer(label)));
        return trainers;
    }

    /** What each is set to, {@code lstm.width}. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        trainers().forEach((label, trainer) -> settings.putAll(named(label, trainer.settings())));
        return settings;
    }

    /** Under names that tell whose they are. */
    static Map<String, String> named(String label, Map<String, String> values) {
        Map<String, String> named = new TreeMap<>();
        values.forEach((name, value) -> named.put(label + "." + name, value));
        return named;
    }

    /**
     * The same with one setting changed.
     *
     * @param name {@code lstm.width}
     * @throws IllegalArgumentException when no member has it, or the value makes no sense
     */
    Members with(String name, String value) {
        String label = name.substring(0, name.indexOf('.'));
        if (!asked.contains(label)) {
            throw new IllegalArgumentException(
                    "hyper-parameter %s is of no member of the ensemble, they are %s".formatted(name, asked));
        }
        Map<String, Trainer> changed = new TreeMap<>(known);
        changed.put(label, trainer(label).with(Map.of(name.substring(label.length() + 1), value)));
        return new Members(changed, asked);
    }

    private Trainer trainer(String label) {
        Trainer trainer = known.get(label);
        if (trainer == null) {
            throw new IllegalArgumentException("an ensemble has no member " + label);
        }
        return trainer;
    }
}
