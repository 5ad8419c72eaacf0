package io.mlpool.training.network;

import io.mlpool.encryption.StoredFile;
import io.mlpool.training.Assignment;
import io.mlpool.training.Assignment.Epoch;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.dataset.Mirror;
import io.mlpool.training.dataset.Sample;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.naive.RandomWalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/** One training of an LSTM, epoch by epoch; after each one a {@link Checkpoint} is on disk. */
final class LstmTraining {

    private static final String CHECKPOINT = "lstm.zip";

    private final LstmProperties settings;
    private final WindowSet train;
    private final ValidationLoss validation;
    private final Assignment assignment;
    private final MultiLayerNetwork network;
    private final NetworkCard card;
    private Checkpoint checkpoint;

    private LstmTraining(
            LstmProperties settings,
            WindowSet train,
            WindowSet validation,
            Assignment assignment,
            Checkpoint checkpoint) {
        this.settings = settings;
        this.train = train;
        this.assignment = assignment;
        this.checkpoint = checkpoint;
        this.network = NetworkFile.network(checkpoint.current());
        this.card = NetworkFile.card(checkpoint.current());
        this.validation = new ValidationLoss(validation, card, settings.validationWindows());
    }

    /** Goes on from the assignment's checkpoint, or else from the champion's network, or else from nothing. */
    static LstmTraining begin(LstmProperties settings, WindowSet train, WindowSet validation, Assignment assignment) {
        String words = describe(settings, train, validation, assignment);
        Checkpoint checkpoint = Checkpoint.read(file(assignment), words)
                .orElseGet(() -> Checkpoint.first(words, firstNetwork(settings, train, assignment)));
        return new LstmTraining(settings, train, validation, assignment, checkpoint);
    }

    boolean isOver() {
        Checkpoint.State state = checkpoint.state();
        return state.epoch() == settings.epochs() || state.epoch() - state.bestEpoch() >= settings.patience();
    }

    /** Trains an epoch, validates it, and makes it safe. */
    Epoch nextEpoch() {
        int number = checkpoint.state().epoch() + 1;
        SplittableRandom random = randomOf(number);
        int[] sample = Sample.of(train.size(), settings.windowsPerEpoch(), random);
        network.setLearningRate(settings.learningRate(number, isFineTuning()));
        long start = System.nanoTime();
        double trainLoss = learn(sample, new Mirror(train.schema(), random));
        double windowsPerSecond = sample.length * 1e9 / (System.nanoTime() - start);
        double validationLoss = validation.of(network, assignment.listener());
        checkpoint = checkpoint.next(validationLoss, NetworkFile.write(network, card));
        checkpoint.write(file(assignment));
        boolean best = checkpoint.state().bestEpoch() == number;
        return new Epoch(number, settings.epochs(), trainLoss, validationLoss, best, windowsPerSecond);
    }

    /** The network of the best epoch as a {@link NetworkFile}. */
    byte[] best() {
        return checkpoint.best();
    }

    boolean isFineTuning() {
        return assignment.startFrom().isPresent();
    }

    int bestEpoch() {
        return checkpoint.state().bestEpoch();
    }

    /** Every random choice of an epoch comes from its own source, so that a resumed training makes the same ones. */
    private SplittableRandom randomOf(int epoch) {
        SplittableRandom random = new SplittableRandom(assignment.seed() + 0x9e3779b97f4a7c15L * epoch);
        Nd4j.getRandom().setSeed(random.nextLong()); // dropout draws from it
        return random;
    }

    private double learn(int[] sample, Mirror mirror) {
        double sum = 0;
        for (int from = 0; from < sample.length; from += settings.batchSize()) {
            int to = Math.min(sample.length, from + settings.batchSize());
            assignment.listener().working();
            try (Batch batch = Batch.of(train, card.scaler(), sample, from, to, mirror)) {
                network.fit(batch.windows(), batch.targets());
                sum += (network.score() - network.calcRegularizationScore(true)) * (to - from);
            }
        }
        return sum / sample.length;
    }

    private static byte[] firstNetwork(LstmProperties settings, WindowSet train, Assignment assignment) {
        return assignment
                .startFrom()
                .map(champion -> champion(settings, train, champion))
                .orElseGet(() -> fresh(settings, train, assignment.seed()));
    }

    private static byte[] fresh(LstmProperties settings, WindowSet train, long seed) {
        NetworkCard card = new NetworkCard(train.schema(), train.shape(), Scaler.fit(train, seed));
        float[] start = RandomWalk.fit(train).quantiles();
        return NetworkFile.write(LstmNetwork.create(settings, card, start, seed), card);
    }

    private static byte[] champion(LstmProperties settings, WindowSet train, StoredFile file) {
        byte[] champion = bytes(file);
        if (!NetworkFile.isOne(champion)) {
            throw new CannotFineTuneException("it is not that of an LSTM alone");
        }
        NetworkCard card = NetworkFile.card(champion);
        card.requireFit(train);
        MultiLayerNetwork network = NetworkFile.network(champion);
        LstmNetwork.requireFit(network, settings);
        return NetworkFile.write(network, card.withFeatures(train.schema()));
    }

    private static byte[] bytes(StoredFile file) {
        try {
            return file.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the champion's network: " + e.getMessage(), e);
        }
    }

    private static StoredFile file(Assignment assignment) {
        return assignment.checkpoints().file(CHECKPOINT);
    }

    private static String describe(
            LstmProperties settings, WindowSet train, WindowSet validation, Assignment assignment) {
        return "seed %d, %s, train %s, validation %s, %s, %s, %s"
                .formatted(
                        assignment.seed(),
                        assignment.startFrom().isPresent() ? "fine-tuning" : "fresh",
                        span(train),
                        span(validation),
                        train.schema(),
                        train.shape(),
                        settings);
    }

    private static String span(WindowSet windows) {
        if (windows.size() == 0) {
            throw new IllegalArgumentException(
                    "an LSTM needs windows to learn from and windows to validate on, found none");
        }
        return windows.span();
    }
}
