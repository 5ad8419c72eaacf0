package io.mlpool.training.run;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.Interval;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.Databases;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.SmallSettings;
import io.mlpool.training.TestCandles;
import io.mlpool.training.Trainer;
import io.mlpool.training.Trainers;
import io.mlpool.training.dataset.DatasetReader;
import io.mlpool.training.naive.NaiveTrainer;
import io.mlpool.training.pipeline.LiveRecord;
import io.mlpool.training.pipeline.TrainingRun;
import io.mlpool.training.pipeline.TrainingSettings;
import io.mlpool.training.pipeline.TrialRun;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with a market, and replicas of the service on it. */
final class Pool implements AutoCloseable {

    static final TrainingSettings SETTINGS = SmallSettings.of(1);

    private static final int BARS = 800;

    private final TestDatabase database = TestDatabase.create();
    private final DataSource source = new TransactionAwareDataSourceProxy(database.dataSource());
    private final AtomicInteger losses = new AtomicInteger();
    private final TransactionTemplate transaction =
            new TransactionTemplate(new JdbcTransactionManager(database.dataSource()) {
                @Override
                protected void doBegin(Object transaction, TransactionDefinition definition) {
                    if (losses.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new CannotCreateTransactionException("the database is away");
                    }
                    super.doBegin(transaction, definition);
                }
            });
    private final List<Scheduler> replicas = new ArrayList<>();
    private final Path storage;
    private final TrainingRuns runs = new TrainingRuns(database.jdbc(), transaction, Clock.systemUTC());

    Pool(Path storage) {
        this.storage = storage;
        new TestCandles(database.dataSource())
                .load("bitcoin", Interval.ONE_HOUR, TestCandles.START, TestCandles.walk(BARS, 0, 1));
    }

    /** Starts a replica that trains with this trainer. */
    Scheduler replica(Trainer trainer) {
        Scheduler scheduler = Scheduler.create(source, new TrainingTask(TrainingTask.RUN, execution(trainer)).task())
                .tableName("training_tasks")
                .pollingInterval(Duration.ofMillis(50))
                .heartbeatInterval(Duration.ofMillis(500))
                .missedHeartbeatsLimit(4)
                .shutdownMaxWait(Duration.ofSeconds(20))
                .build();
        replicas.add(scheduler);
        scheduler.start();
        return scheduler;
    }

    /** Executes runs of this pool with this trainer. */
    private RunExecution execution(Trainer trainer) {
        return execution(trainer, new TrainingSlot(1, Clock.systemUTC()));
    }

    /** The same where others of the process train in the same slot. */
    RunExecution execution(Trainer trainer, TrainingSlot slot) {
        Trainers trainers = trainers(trainer);
        DatasetReader candles = Databases.reader(database.dataSource());
        StoredFolder folder = StoredFolder.plain(storage);
        TrainingRun training = new TrainingRun(
                candles,
                trainers,
                new FolderRegistry(storage.resolve("registry")),
                SETTINGS,
                folder,
                new LiveRecord(model -> false, (model, version) -> false),
                Clock.systemUTC());
        TrialRun trial = new TrialRun(candles, trainers, SETTINGS, folder);
        return new RunExecution(runs, training, trial, run -> {}, slot, Duration.ofSeconds(1));
    }

    private static Trainers trainers(Trainer trainer) {
        return new Trainers(List.of(new NaiveTrainer(), trainer));
    }

    /** Starts and follows runs without executing any. */
    Trainings trainings() {
        return new Trainings(
                runs,
                com.github.kagkarlsson.scheduler.SchedulerClient.Builder.create(source)
                        .tableName("training_tasks")
                        .build(),
                transaction,
                new RunRequestReader(SETTINGS, trainers(new FakeTrainer(0))),
                Clock.systemUTC());
    }

    /** Starts runs as triggers do. */
    TriggeredRuns triggered(TriggerProperties properties) {
        return new TriggeredRuns(properties, registry(), trainings(), database.jdbc(), transaction);
    }

    /** The next transaction cannot be begun. */
    void loseTheDatabaseOnce() {
        losses.set(1);
    }

    TrainingRuns runs() {
        return runs;
    }

    TestDatabase database() {
        return database;
    }

    FolderRegistry registry() {
        return new FolderRegistry(storage.resolve("registry"));
    }

    /** Waits until a run is over. */
    RunView finished(String id) throws InterruptedException {
        trainings().follow(id, 0, event -> {}, () -> {});
        return trainings().find(id);
    }

    static RunRequest request(String id) {
        return new RunRequest(id, null, "1h", null, null, null, null, null, null, null);
    }

    @Override
    public void close() {
        replicas.forEach(Scheduler::stop);
    }
}
