package io.mlpool.training.trees;

import io.mlpool.encryption.StoredFile;
import io.mlpool.model.ForecastShape;
import io.mlpool.training.Assignment;
import io.mlpool.training.Assignment.Epoch;
import io.mlpool.training.dataset.Mirror;
import io.mlpool.training.dataset.Sample;
import io.mlpool.training.dataset.WindowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Trees of all horizons, epoch by epoch; after each one a {@link TreesCheckpoint} is on disk. Every epoch begins with what was
 * saved of the one before, also where nothing was interrupted, so that nothing depends on it.
 */
final class TreesTraining implements AutoCloseable {

    private static final String CHECKPOINT = "trees.zip";

    private final TreesProperties settings;
    private final Assignment assignment;
    private final ForecastShape shape;
    private final WindowTable train;
    private final WindowTable validation;
    private TreesCheckpoint checkpoint;

    private TreesTraining(
            TreesProperties settings,
            Assignment assignment,
            ForecastShape shape,
            WindowTable train,
            WindowTable validation,
            String words) {
        this.settings = settings;
        this.assignment = assignment;
        this.shape = shape;
        this.train = train;
        this.validation = validation;
        this.checkpoint = TreesCheckpoint.read(file(), words).orElseGet(() -> first(words));
    }

    /** Goes on from the assignment's checkpoint, or begins. */
    static TreesTraining begin(
            TreesProperties settings,
            WindowSet train,
            WindowSet validation,
            WindowColumns columns,
            Assignment assignment)
            throws XGBoostError {
        String words = describe(settings, train, validation, assignment);
        SplittableRandom random = new SplittableRandom(assignment.seed());
        int[] learned = chosen(WindowTable.known(train), Sample::of, settings.windows(), random);
        int[] known = WindowTable.known(validation);
        int[] judged = Arrays.stream(Sample.evenly(known.length, settings.validationWindows()))
                .map(i -> known[i])
                .toArray();
        if (learned.length == 0 || judged.length == 0) {
            throw new IllegalArgumentException(
                    "trees need windows to learn from and windows to validate on whose targets are all known, found none");
        }
        return new TreesTraining(
                settings,
                assignment,
                train.shape(),
                WindowTable.of(train, learned, columns, new Mirror(train.schema(), random)),
                WindowTable.of(validation, judged, columns, null),
                words);
    }

    private interface Choice {
        int[] of(int size, int count, SplittableRandom random);
    }

    /** In the order of time, which trees do not mind and memory likes. */
    private static int[] chosen(int[] known, Choice choice, int count, SplittableRandom random) {
        return Arrays.stream(choice.of(known.length, count, random))
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
        double before = meanLoss(checkpoint.horizons());
        for (int h = 0; h < checkpoint.horizons().size(); h++) {
            HorizonTrees trees = checkpoint.horizons().get(h);
            try (Boosting boosting = boosting(h, trees)) {
                HorizonTrees grown = trees.over() ? trees : grown(trees, boosting);
                trainLoss +=
                        boosting.trainLoss(grown.grown()) / shape.horizons().size();
                rows += (long) (grown.grown() - trees.grown()) * train.size();
                after.add(grown);
            }
        }
        checkpoint = new TreesCheckpoint(checkpoint.assignment(), checkpoint.epoch() + 1, after);
        checkpoint.write(file());
        double validationLoss = meanLoss(after);
        double windowsPerSecond = rows * 1e9 / (System.nanoTime() - start);
        return new Epoch(
                checkpoint.epoch(),
                settings.epochs(),
                trainLoss,
                validationLoss,
                validationLoss < before,
                windowsPerSecond);
    }

    private Boosting boosting(int horizon, HorizonTrees trees) throws XGBoostError {
        List<Map<String, Object>> parameters = IntStream.range(0, trees.start().length)
                .mapToObj(level ->
                        settings.parameters(shape.levels().get(level), trees.start()[level], assignment.seed()))
                .toList();
        return Boosting.of(trees, parameters, train.at(horizon), validation.at(horizon));
    }

    private HorizonTrees grown(HorizonTrees trees, Boosting boosting) throws XGBoostError {
        HorizonTrees after = trees;
        for (int i = 0; i < settings.rounds() && !after.over(); i++) {
            assignment.listener().working();
            boosting.grow(after.grown());
            after = after.grown(boosting.validationLoss(after.grown()), settings.patience());
        }
        return after.with(boosting.trees());
    }

    private TreesCheckpoint first(String words) {
        List<HorizonTrees> horizons = IntStream.range(0, shape.horizons().size())
                .mapToObj(h -> {
                    float[] start = train.quantiles(h, shape.levels());
                    return HorizonTrees.begun(start, validation.loss(h, start, shape.levels()));
                })
                .toList();
        return new TreesCheckpoint(words, 0, horizons);
    }

    private static double meanLoss(List<HorizonTrees> horizons) {
        return horizons.stream().mapToDouble(HorizonTrees::bestLoss).average().orElseThrow();
    }

    private StoredFile file() {
        return assignment.checkpoints().file(CHECKPOINT);
    }

    private static String describe(
            TreesProperties settings, WindowSet train, WindowSet validation, Assignment assignment) {
        return "seed %d, train %s, validation %s, %s, %s, %s"
                .formatted(assignment.seed(), train.span(), validation.span(), train.schema(), train.shape(), settings);
    }

    @Override
    public void close() {
        train.close();
        validation.close();
    }
}
