package io.mlpool.training.pipeline;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.Interval;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.Databases;
import io.mlpool.training.SmallSettings;
import io.mlpool.training.TestCandles;
import io.mlpool.training.Trainer;
import io.mlpool.training.Trainers;
import io.mlpool.training.naive.NaiveTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A market, a registry and runs on it with a trainer that takes no time; tests of runs inherit it. */
abstract class TrainedPool {

    static final int BARS = 1500;

    static final TrainingSettings SETTINGS = SmallSettings.of(2);

    final TestDatabase database = TestDatabase.create();
    final List<RunEvent> events = new ArrayList<>();

    /** Models whose challenger is in an experiment. */
    final Set<String> compared = new HashSet<>();

    final Set<Integer> rolledBack = new HashSet<>();

    @TempDir
    Path storage;

    FolderRegistry registry;

    @BeforeEach
    void loadAMarketThatBeginsToRise() {
        registry = new FolderRegistry(storage.resolve("registry"));
        double[] closes = TestCandles.walk(BARS, 0, 1);
        for (int i = BARS * 4 / 5; i < BARS; i++) {
            closes[i] *= Math.exp(0.01 * (i - BARS * 4 / 5));
        }
        new TestCandles(database.dataSource()).load("bitcoin", Interval.ONE_HOUR, TestCandles.START, closes);
    }

    static RunEvent.Listener killWhen(String stageBegins) {
        return event -> {
            if (event instanceof RunEvent.Stage stage && stage.message().startsWith(stageBegins)) {
                throw new Killed();
            }
        };
    }

    TrainingRun run(Trainer trainer) {
        return run(trainer, new SettableClock(TestCandles.START), registry);
    }

    TrainingRun run(Trainer trainer, SettableClock clock, ModelRegistry registry) {
        return run(trainer, clock, registry, Encryption.off());
    }

    TrainingRun run(Trainer trainer, SettableClock clock, ModelRegistry registry, Encryption encryption) {
        return new TrainingRun(
                Databases.reader(database.dataSource()),
                new Trainers(List.of(new NaiveTrainer(), trainer)),
                registry,
                SETTINGS,
                new StoredFolder(storage, encryption),
                new LiveRecord(compared::contains, (model, version) -> rolledBack.contains(version)),
                clock);
    }

    static TrainingSpec spec(String runId) {
        return TrainingSpec.of(runId, Interval.ONE_HOUR);
    }

    static final class Killed extends RuntimeException {}
}
