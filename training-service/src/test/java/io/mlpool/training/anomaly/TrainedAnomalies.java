package io.mlpool.training.anomaly;

import io.mlpool.anomaly.AlarmBudget;
import io.mlpool.anomaly.IsolationForest;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.Interval;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.Databases;
import io.mlpool.training.TestCandles;
import io.mlpool.training.dataset.DatasetSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A market of five, and trainings on it that take no time. */
final class TrainedAnomalies {

    static final int CANDLES = 2_500;

    static final AnomalySettings SETTINGS = new AnomalySettings(
            AlarmBudget.USUAL,
            new IsolationForest.Settings(50, 128),
            0.25,
            0.25,
            150,
            new AnomalySettings.Rules(0.25, 3, 0.05, 0.05, 500));

    private TrainedAnomalies() {}

    static TestDatabase market() {
        TestDatabase database = TestDatabase.create();
        TestCandles candles = new TestCandles(database.dataSource());
        double[] market = TestCandles.walk(CANDLES, 0, 99);
        int seed = 0;
        for (String asset : List.of("bitcoin", "ethereum", "aave", "maker", "uniswap")) {
            double[] closes = TestCandles.walk(CANDLES, 0, seed++);
            for (int i = 0; i < CANDLES; i++) {
                closes[i] *= market[i];
            }
            candles.load(asset, Interval.ONE_HOUR, TestCandles.START, closes);
        }
        return database;
    }

    static AnomalyTraining training(
            TestDatabase database, ModelRegistry registry, Path storage, AnomalySettings settings) {
        return new AnomalyTraining(
                new AnomalyReader(
                        Databases.reader(database.dataSource()),
                        database.jdbc(),
                        Databases.transaction(database.dataSource())),
                registry,
                settings,
                StoredFolder.plain(storage),
                new SettableClock(TestCandles.START));
    }

    static AnomalySpec spec(String runId) {
        return new AnomalySpec(runId, Interval.ONE_HOUR, List.of(), Optional.empty(), 1);
    }

    /** Remembers what it heard. */
    static final class Heard implements AnomalyTraining.Listener {

        final List<Object> all = new ArrayList<>();

        @Override
        public void read(DatasetSnapshot snapshot) {
            all.add(snapshot);
        }

        @Override
        public void evaluated(AnomalyEvaluation evaluation) {
            all.add(evaluation);
        }
    }
}
