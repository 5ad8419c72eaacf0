package io.mlpool.training.study;

import io.mlpool.training.pipeline.TrainingSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model that is tried out in several ways.
 *
 * @param trials at least one, all over the same candles
 * @param halving which of them are judged on how many folds; all on all of them when absent
 */
record Study(String id, ExecutedBy executedBy, List<TrainingSpec> trials, Optional<Halving> halving) {

    /** Most trials of a study. */
    static final int MOST_TRIALS = 1000;

    /** Leaves room for a trial's number within a run's name. */
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,57}");

    Study {
        requireName(id);
        trials = List.copyOf(trials);
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("a study needs trials or a grid");
        }
    }

    /** Refuses what cannot name a study. */
    static void requireName(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "study id must be up to 58 lower-case letters, digits and hyphens, found '%s'".formatted(id));
        }
    }

    /** The run of a trial, counted from 0. */
    static String runOf(String study, int trial) {
        return study + "-" + trial;
    }

    /** The trial of a run that {@link #runOf} named. */
    static int trialOf(String run) {
        return Integer.parseInt(run.substring(run.lastIndexOf('-') + 1));
    }

    /** The run that trains the best trial's way in full. */
    static String bestOf(String study) {
        return study + "-best";
    }

    String model() {
        return trials.getFirst().model();
    }

    /** The same over candles that are closed by then, where it does not say itself until when. */
    Study orUntil(Instant close) {
        return new Study(
                id, executedBy, trials.stream().map(spec -> spec.orUntil(close)).toList(), halving);
    }

    /** Trials in all, those of later folds included. */
    int allTrials() {
        return halving.map(Halving::trials).orElse(trials.size());
    }

    /** The trials that are to be executed first. */
    List<TrainingSpec> first() {
        return halving.isEmpty()
                ? trials
                : trials.stream().map(spec -> spec.onFold(0)).toList();
    }
}
