package io.mlpool.training;

import io.mlpool.encryption.StoredFile;
import io.mlpool.model.Algorithm;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.Forecaster;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.naive.RandomWalk;
import io.mlpool.training.network.onnx.ConstantGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Trains in no time: its answer is the random walk's, moved. It keeps a checkpoint like a real trainer, and remembers what it
 * was asked to do.
 */
public final class FakeTrainer implements Trainer {

    public static final int EPOCHS = 3;

    private final float foldShift;
    private final float modelShift;
    private final Consumer<String> duringEpoch;
    private final Memory memory;
    private final boolean hasOtherNetworks;

    /** A trainer whose final model says the random walk's quantiles plus a shift that its folds do not show. */
    public FakeTrainer(float modelShift) {
        this(0, modelShift);
    }

    /** A trainer whose models say the random walk's quantiles plus a shift. */
    public FakeTrainer(float foldShift, float modelShift) {
        this(foldShift, modelShift, epoch -> {}, new Memory(), false);
    }

    private FakeTrainer(
            float foldShift, float modelShift, Consumer<String> duringEpoch, Memory memory, boolean hasOtherNetworks) {
        this.hasOtherNetworks = hasOtherNetworks;
        this.foldShift = foldShift;
        this.modelShift = modelShift;
        this.duringEpoch = duringEpoch;
        this.memory = memory;
    }

    /** A trainer that does something within each epoch, {@code fold-1 2}. */
    public static FakeTrainer that(Consumer<String> duringEpoch) {
        return new FakeTrainer(0, 1, duringEpoch, new Memory(), false);
    }

    /** A trainer that can go on from no network but its own. */
    public static FakeTrainer ofOtherNetworks() {
        return new FakeTrainer(0, 1, epoch -> {}, new Memory(), true);
    }

    @Override
    public Algorithm algorithm() {
        return Algorithm.LSTM;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("fold_shift", Float.toString(foldShift), "model_shift", Float.toString(modelShift));
    }

    @Override
    public Trainer with(Map<String, String> hyperParameters) {
        Map<String, String> all = new TreeMap<>(settings());
        hyperParameters.forEach((name, value) -> {
            if (all.replace(name, value) == null) {
                throw new IllegalArgumentException("no hyper-parameter '%s'".formatted(name));
            }
        });
        return new FakeTrainer(
                Float.parseFloat(all.getOrDefault("fold_shift", "0")),
                Float.parseFloat(all.getOrDefault("model_shift", "0")),
                duringEpoch,
                memory,
                hasOtherNetworks);
    }

    @Override
    public void requireFit(byte[] network, WindowSet windows) {
        if (hasOtherNetworks) {
            throw new CannotFineTuneException("layers", 1, 2);
        }
    }

    @Override
    public TrainedModel train(WindowSet train, WindowSet validation, Assignment assignment) {
        assignment.startFrom().ifPresent(network -> requireFit(new byte[0], train));
        memory.assignments.add(assignment);
        memory.trainSlices.add(train);
        Path checkpoint = assignment.checkpoints().directory().resolve("epochs");
        for (int epoch = finished(checkpoint) + 1; epoch <= EPOCHS; epoch++) {
            String name = assignment.checkpoints().directory().getFileName() + " " + epoch;
            duringEpoch.accept(name);
            write(checkpoint, epoch);
            memory.epochs.add(name);
            assignment.listener().finished(new Assignment.Epoch(epoch, EPOCHS, 1.0 / epoch, 1.0 / epoch, true, 1000));
        }
        float shift = assignment.checkpoints().directory().endsWith("model") ? modelShift : foldShift;
        float[] quantiles = RandomWalk.fit(train).quantiles();
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] += shift;
        }
        return new TrainedModel(
                new Constant(train.shape(), quantiles),
                ConstantGraph.write(train.schema(), train.shape(), quantiles),
                Optional.of(StoredFile.plain(checkpoint)),
                Map.of("shift", Float.toString(shift)));
    }

    /** Epochs that were trained, {@code fold-1 2}, in order. */
    public List<String> epochs() {
        return List.copyOf(memory.epochs);
    }

    public List<Assignment> assignments() {
        return List.copyOf(memory.assignments);
    }

    public List<WindowSet> trainSlices() {
        return List.copyOf(memory.trainSlices);
    }

    private static int finished(Path checkpoint) {
        try {
            return Files.exists(checkpoint) ? Integer.parseInt(Files.readString(checkpoint)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path checkpoint, int epoch) {
        try {
            Files.writeString(checkpoint, Integer.toString(epoch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it was asked to do, in whatever variation. */
    private static final class Memory {

        private final List<String> epochs = new CopyOnWriteArrayList<>();
        private final List<Assignment> assignments = new CopyOnWriteArrayList<>();
        private final List<WindowSet> trainSlices = new CopyOnWriteArrayList<>();
    }

    private record Constant(ForecastShape shape, float[] quantiles) implements Forecaster {

        @Override
        public float[] forecast(float[] windows, int count) {
            float[] answers = new float[count * quantiles.length];
            for (int i = 0; i < count; i++) {
                System.arraycopy(quantiles, 0, answers, i * quantiles.length, quantiles.length);
            }
            return answers;
        }
    }
}
