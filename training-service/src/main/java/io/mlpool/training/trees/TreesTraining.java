package io.mlpool.training.trees;

import io.mlpool.encryption.StoredFile;
import io.mlpool.training.Assignment;
import io.mlpool.training.Assignment.Epoch;
import io.mlpool.training.dataset.Sample;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.scale.RealisedScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Trees of all horizons, epoch by epoch; after each one a {@link TreesCheckpoint} is on disk. Every epoch begins with what was
 * saved of the one before, also where nothing was interrupted, so that nothing depends on it.
 */
final class TreesTraining implements AutoCloseable {

    private static final String CHECKPOINT = "trees.zip";

    private final Objective objective;
    private final TreesProperties settings;
    private final Assignment assignment;
    private final WindowTable train;
    private final WindowTable validation;
    private TreesCheckpoint checkpoint;

    private TreesTraining(
            Objective objective,
            TreesProperties settings,
            Assignment assignment,
            WindowTable train,
            WindowTable validation,
            int horizons,
            String words) {
        this.objective = objective;
        this.settings = settings;
        this.assignment = assignment;
        this.train = train;
        this.validation = validation;
        this.checkpoint = TreesCheckpoint.read(file(), words).orElseGet(() -> first(words, horizons));
    }

    /** Goes on from the assignment's checkpoint, or begins. */
    static TreesTraining begin(
            Objective objective, TreesProperties settings, WindowSet train, WindowSet validation, Assignment assignment)
            throws XGBoostError {
        int[] known = RealisedScale.known(validation);
        int[] judged = Arrays.stream(Sample.evenly(known.length, settings.validationWindows()))
                .map(i -> known[i])
                .toArray();
        SplittableRandom random = new SplittableRandom(assignment.seed());
        int[] learned = learned(settings, train, random);
        if (learned.length == 0 || judged.length == 0) {
            throw new IllegalArgumentException(
                    "trees need windows to learn from and windows to validate on whose targets are all known, found none");
        }
        return new TreesTraining(
                objective,
                settings,
                assignment,
                objective.learned(train, learned, random),
                objective.judged(validation, judged),
                train.shape().horizons().size(),
                describe(objective, settings, train, validation, assignment));
    }

    /** Windows to learn from in the order of time. */
    private static int[] learned(TreesProperties settings, WindowSet windows, SplittableRandom random) {
        int[] known = RealisedScale.known(windows);
        return Arrays.stream(Sample.of(known.length, settings.windows(), random))
                .map(i -> known[i])
                .sorted()
                .toArray();
    }

    boolean isOver() {
        return checkpoint.isOver(settings.epochs());
    }

    List<HorizonTrees> horizons() {
        return checkpoint.horizons();
    }

    /** Grows the trees of an epoch for each horizon that still gains, and makes them safe. */
    Epoch nextEpoch() throws XGBoostError {
        long start = System.nanoTime();
        List<HorizonTrees> after = new ArrayList<>();
        double trainLoss = 0;
        long rows = 0;
        for (int h = 0; h < checkpoint.horizons().size(); h++) {
            HorizonTrees trees = checkpoint.horizons().get(h);
            DMatrix learned = train.at(h);
            try (Boosting boosting =
                    Boosting.of(trees.models(), parameters(objective, settings, trees.start(), assignment), learned)) {
                HorizonTrees grown = trees.over() ? trees : grown(trees, boosting, validation.at(h));
                trainLoss += boosting.loss(learned, grown.grown())
                        / checkpoint.horizons().size();
                rows += (long) (grown.grown() - trees.grown()) * train.size();
                after.add(grown);
            }
        }
        double before = meanLoss();
        checkpoint = new TreesCheckpoint(checkpoint.assignment(), checkpoint.epoch() + 1, after);
        checkpoint.write(file());
        double windowsPerSecond = rows * 1e9 / (System.nanoTime() - start);
        return new Epoch(
                checkpoint.epoch(), settings.epochs(), trainLoss, meanLoss(), meanLoss() < before, windowsPerSecond);
    }

    private HorizonTrees grown(HorizonTrees trees, Boosting boosting, DMatrix judged) throws XGBoostError {
        HorizonTrees after = trees;
        for (int i = 0; i < settings.rounds() && !after.over(); i++) {
            assignment.listener().working();
            boosting.grow(after.grown());
            after = after.grown(boosting.loss(judged, after.grown()), settings.patience());
        }
        return after.with(boosting.trees());
    }

    /** As many trees as were best for each horizon, grown once more from other windows. */
    static List<HorizonTrees> regrown(
            Objective objective,
            TreesProperties settings,
            List<HorizonTrees> chosen,
            WindowSet windows,
            Assignment assignment)
            throws XGBoostError {
        List<HorizonTrees> regrown = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(assignment.seed());
        try (WindowTable table = objective.learned(windows, learned(settings, windows, random), random)) {
            for (int h = 0; h < chosen.size(); h++) {
                HorizonTrees trees = chosen.get(h);
                float[] start = objective.start(table.outcomes(h));
                try (Boosting boosting =
                        Boosting.of(List.of(), parameters(objective, settings, start, assignment), table.at(h))) {
                    for (int round = 0; round < trees.best(); round++) {
                        assignment.listener().working();
                        boosting.grow(round);
                    }
                    regrown.add(new HorizonTrees(
                            start, boosting.trees(), trees.best(), trees.best(), trees.bestLoss(), true));
                }
            }
        }
        return regrown;
    }

    private static List<Map<String, Object>> parameters(
            Objective objective, TreesProperties settings, float[] start, Assignment assignment) {
        return IntStream.range(0, start.length)
                .mapToObj(number -> {
                    Map<String, Object> parameters = settings.parameters(start[number], assignment.seed());
                    parameters.putAll(objective.parameters(number));
                    return parameters;
                })
                .toList();
    }

    private TreesCheckpoint first(String words, int horizons) {
        return new TreesCheckpoint(
                words,
                0,
                IntStream.range(0, horizons)
                        .mapToObj(h -> {
                            float[] start = objective.start(train.outcomes(h));
                            return HorizonTrees.begun(start, objective.loss(validation.outcomes(h), start));
                        })
                        .toList());
    }

    private double meanLoss() {
        return checkpoint.horizons().stream()
                .mapToDouble(HorizonTrees::bestLoss)
                .average()
                .orElseThrow();
    }

    private StoredFile file() {
        return assignment.checkpoints().file(CHECKPOINT);
    }

    /** Not whether they are regrown: that comes after, and what was grown before serves both. */
    private static String describe(
            Objective objective,
            TreesProperties settings,
            WindowSet train,
            WindowSet validation,
            Assignment assignment) {
        return "%s, seed %d, train %s, validation %s, %s, %s, %s"
                .formatted(
                        new TreeMap<>(objective.parameters(0)),
                        assignment.seed(),
                        train.span(),
                        validation.span(),
                        train.schema(),
                        train.shape(),
                        settings.withoutRefit());
    }

    @Override
    public void close() {
        train.close();
        validation.close();
    }
}
