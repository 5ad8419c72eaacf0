package io.mlpool.training.network;

import io.mlpool.encryption.StoredFile;
import io.mlpool.training.Assignment;
import io.mlpool.training.Assignment.Epoch;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.dataset.Mirror;
import io.mlpool.training.dataset.Sample;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.naive.RandomWalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/** One training of a network, epoch by epoch; after each one a {@link Checkpoint} is on disk. */
final class NetworkTraining {

    private static final String NETWORK = "network.zip";

    private final Architecture architecture;
    private final Schedule schedule;
    private final WindowSet train;
    private final ValidationLoss validation;
    private final Assignment assignment;
    private final MultiLayerNetwork network;
    private final NetworkCard card;
    private Checkpoint checkpoint;

    private NetworkTraining(
            Architecture architecture,
            WindowSet train,
            WindowSet validation,
            Assignment assignment,
            Checkpoint checkpoint) {
        this.architecture = architecture;
        this.schedule = architecture.schedule();
        this.train = train;
        this.assignment = assignment;
        this.checkpoint = checkpoint;
        this.network = NetworkFile.network(checkpoint.current());
        this.card = NetworkFile.card(checkpoint.current());
        this.validation = new ValidationLoss(validation, card, schedule.validationWindows());
    }

    /** Goes on from the assignment's checkpoint, or else from the champion's network, or else from nothing. */
    static NetworkTraining begin(
            Architecture architecture, WindowSet train, WindowSet validation, Assignment assignment) {
        String words = describe(architecture, train, validation, assignment);
        Checkpoint checkpoint = Checkpoint.read(file(architecture, assignment), words)
                .orElseGet(() -> Checkpoint.first(words, firstNetwork(architecture, train, assignment)));
        return new NetworkTraining(architecture, train, validation, assignment, checkpoint);
    }

    /**
     * Trains until it is over.
     *
     * @param settings what the network is made with, by name
     */
    TrainedModel toTheEnd(Map<String, String> settings) {
        while (!isOver()) {
            assignment.listener().finished(nextEpoch());
        }
        MultiLayerNetwork best = NetworkFile.network(checkpoint.best());
        return new TrainedModel(
                new NetworkForecaster(best, card),
                architecture.graph(best, card),
                Optional.of(writtenNetwork()),
                parameters(settings));
    }

    private boolean isOver() {
        Checkpoint.State state = checkpoint.state();
        return state.epoch() == schedule.epochs() || state.epoch() - state.bestEpoch() >= schedule.patience();
    }

    /** Trains an epoch, validates it, and makes it safe. */
    private Epoch nextEpoch() {
        int number = checkpoint.state().epoch() + 1;
        SplittableRandom random = randomOf(number);
        int[] sample = Sample.of(train.size(), schedule.windowsPerEpoch(), random);
        network.setLearningRate(schedule.learningRate(number, isFineTuning()));
        long start = System.nanoTime();
        double trainLoss = learn(sample, new Mirror(train.schema(), random));
        double windowsPerSecond = sample.length * 1e9 / (System.nanoTime() - start);
        double validationLoss = validation.of(network, assignment.listener());
        checkpoint = checkpoint.next(validationLoss, NetworkFile.write(network, card));
        checkpoint.write(file(architecture, assignment));
        boolean best = checkpoint.state().bestEpoch() == number;
        return new Epoch(number, schedule.epochs(), trainLoss, validationLoss, best, windowsPerSecond);
    }

    /** Every random choice of an epoch comes from its own source, so that a resumed training makes the same ones. */
    private SplittableRandom randomOf(int epoch) {
        SplittableRandom random = new SplittableRandom(assignment.seed() + 0x9e3779b97f4a7c15L * epoch);
        Nd4j.getRandom().setSeed(random.nextLong()); // dropout draws from it
        return random;
    }

    private double learn(int[] sample, Mirror mirror) {
        double sum = 0;
        for (int from = 0; from < sample.length; from += schedule.batchSize()) {
            int to = Math.min(sample.length, from + schedule.batchSize());
            assignment.listener().working();
            try (Batch batch = Batch.of(train, card.scaler(), sample, from, to, mirror)) {
                network.fit(batch.windows(), batch.targets());
                sum += (network.score() - network.calcRegularizationScore(true)) * (to - from);
            }
        }
        return sum / sample.length;
    }

    private StoredFile writtenNetwork() {
        StoredFile file = assignment.checkpoints().file(NETWORK);
        try {
            file.write(checkpoint.best());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the trained network " + file.path(), e);
        }
        return file;
    }

    private Map<String, String> parameters(Map<String, String> settings) {
        Map<String, String> parameters = new TreeMap<>(settings);
        parameters.put("fine_tuned", Boolean.toString(isFineTuning()));
        parameters.put("best_epoch", Integer.toString(checkpoint.state().bestEpoch()));
        return parameters;
    }

    private boolean isFineTuning() {
        return assignment.startFrom().isPresent();
    }

    private static byte[] firstNetwork(Architecture architecture, WindowSet train, Assignment assignment) {
        return assignment
                .startFrom()
                .map(champion -> champion(architecture, train, bytes(champion)))
                .orElseGet(() -> fresh(architecture, train, assignment.seed()));
    }

    private static byte[] fresh(Architecture architecture, WindowSet train, long seed) {
        NetworkCard card = new NetworkCard(train.schema(), train.shape(), Scaler.fit(train, seed));
        float[] start = RandomWalk.fit(train).quantiles();
        return NetworkFile.write(architecture.create(card, start, seed), card);
    }

    /**
     * Checks whether a network can go on with these windows.
     *
     * @throws CannotFineTuneException when it is of another kind, size or input
     */
    static void requireFit(Architecture architecture, WindowSet windows, byte[] champion) {
        if (!NetworkFile.isOne(champion)) {
            throw new CannotFineTuneException("it is not that of one %s alone".formatted(architecture.name()));
        }
        NetworkCard card = NetworkFile.card(champion);
        card.requireFit(windows);
        architecture.requireFit(NetworkFile.network(champion), card);
    }

    private static byte[] champion(Architecture architecture, WindowSet train, byte[] champion) {
        requireFit(architecture, train, champion);
        NetworkCard card = NetworkFile.card(champion).withFeatures(train.schema());
        return NetworkFile.write(NetworkFile.network(champion), card);
    }

    private static byte[] bytes(StoredFile file) {
        try {
            return file.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the champion's network: " + e.getMessage(), e);
        }
    }

    private static StoredFile file(Architecture architecture, Assignment assignment) {
        return assignment.checkpoints().file(architecture.name() + ".zip");
    }

    private static String describe(
            Architecture architecture, WindowSet train, WindowSet validation, Assignment assignment) {
        return "seed %d, %s, train %s, validation %s, %s, %s, %s"
                .formatted(
                        assignment.seed(),
                        assignment.startFrom().isPresent() ? "fine-tuning" : "fresh",
                        span(train),
                        span(validation),
                        train.schema(),
                        train.shape(),
                        architecture);
    }

    private static String span(WindowSet windows) {
        if (windows.size() == 0) {
            throw new IllegalArgumentException(
                    "a network needs windows to learn from and windows to validate on, found none");
        }
        return windows.span();
    }
}
