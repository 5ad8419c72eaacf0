package io.mlpool.training.run;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.audit.AuditConfiguration;
import io.mlpool.edge.EdgeConfiguration;
import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.errors.ErrorConfiguration;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Snapshots;
import io.mlpool.readings.Reading;
import io.mlpool.readings.ReadingsConfiguration;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.RegistryConfiguration;
import io.mlpool.registry.RegistryProperties;
import io.mlpool.schema.SchemaConfiguration;
import io.mlpool.security.SecurityConfiguration;
import io.mlpool.training.Trainer;
import io.mlpool.training.Trainers;
import io.mlpool.training.dataset.DatasetReader;
import io.mlpool.training.pipeline.LiveRecord;
import io.mlpool.training.pipeline.TrainingRun;
import io.mlpool.training.pipeline.TrainingSettings;
import io.mlpool.training.pipeline.TrainingSpec;
import io.mlpool.training.pipeline.TrialRun;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the service is made of. */
@Configuration(proxyBeanMethods = false)
@Import({
    AuditConfiguration.class,
    EdgeConfiguration.class,
    ErrorConfiguration.class,
    ReadingsConfiguration.class,
    RegistryConfiguration.class,
    SchemaConfiguration.class,
    SecurityConfiguration.class
})
@EnableConfigurationProperties(TrainingProperties.class)
class TrainingConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    TrainingSettings settings(TrainingProperties properties) {
        return properties.settings();
    }

    @Bean
    DatasetReader datasetReader(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new DatasetReader(new CandleStore(jdbc), Snapshots.of(transactions));
    }

    @Bean
    Trainers trainers(List<Trainer> trainers) {
        return new Trainers(trainers);
    }

    @Bean
    TrainingRun trainingRun(
            DatasetReader candles,
            Trainers trainers,
            ModelRegistry registry,
            TrainingSettings settings,
            RegistryProperties models,
            Encryption encryption,
            JdbcClient jdbc,
            Clock clock) {
        return new TrainingRun(
                candles,
                trainers,
                registry,
                settings,
                new StoredFolder(models.storage(), encryption),
                liveRecord(jdbc),
                clock);
    }

    /** Serving writes this table. */
    private static LiveRecord liveRecord(JdbcClient jdbc) {
        return new LiveRecord(
                model -> jdbc.sql(
                                "SELECT EXISTS (SELECT FROM experiment WHERE model = :model AND state IN ('running', 'promoting'))")
                        .param("model", model)
                        .query(Boolean.class)
                        .single(),
                (model, version) -> jdbc.sql("""
                                SELECT EXISTS (SELECT FROM experiment WHERE model = :model AND control = :version
                                               AND kind = 'watch' AND state IN ('promoting', 'promoted'))
                                """)
                        .param("model", model)
                        .param("version", version)
                        .query(Boolean.class)
                        .single());
    }

    @Bean
    TrialRun trialRun(
            DatasetReader candles,
            Trainers trainers,
            TrainingSettings settings,
            RegistryProperties models,
            Encryption encryption) {
        return new TrialRun(candles, trainers, settings, new StoredFolder(models.storage(), encryption));
    }

    @Bean
    RunExecution runExecution(
            TrainingRuns runs,
            TrainingRun training,
            TrialRun trial,
            ObjectProvider<RunTracking> tracking,
            TrainingSlot slot,
            TrainingProperties properties) {
        RunTracking told = tracking.getIfAvailable(() -> runId -> {});
        return new RunExecution(runs, training, trial, told, slot, properties.registryWait());
    }

    @Bean
    TrainingSlot trainingSlot(TrainingProperties properties, Clock clock) {
        return new TrainingSlot(properties.atOnce(), clock);
    }

    @Bean
    RunRequestReader runRequestReader(TrainingSettings settings, Trainers trainers) {
        return new RunRequestReader(settings, trainers);
    }

    @Bean
    TrainingRuns trainingRuns(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        return new TrainingRuns(jdbc, new TransactionTemplate(transactions), clock);
    }

    @Bean
    RunResults runResults(JdbcClient jdbc) {
        return new RunResults(jdbc);
    }

    /** The scheduler is asked for lazily: it is made of the tasks below, and one of them starts runs through this. */
    @Bean
    Trainings trainings(
            TrainingRuns runs,
            @Lazy SchedulerClient scheduler,
            PlatformTransactionManager transactions,
            RunRequestReader reader,
            Clock clock) {
        return new Trainings(runs, scheduler, new TransactionTemplate(transactions), reader, clock);
    }

    @Bean
    Task<?> trainingTask(RunExecution runs) {
        return new TrainingTask(TrainingTask.RUN, runs).task();
    }

    @Bean
    Task<?> trialTask(RunExecution runs) {
        return new TrainingTask(TrainingTask.TRIAL, runs).task();
    }

    @Bean
    TriggeredRuns triggeredRuns(
            TrainingProperties properties,
            ModelRegistry registry,
            Trainings trainings,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        return new TriggeredRuns(
                properties.triggers(), registry, trainings, jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    Triggers triggers(TrainingProperties properties, TriggeredRuns runs, JdbcClient jdbc) {
        return new Triggers(properties.triggers(), runs, jdbc);
    }

    @Bean
    DecayTrigger decayTrigger(TrainingProperties properties, TriggeredRuns runs, JdbcClient jdbc, Clock clock) {
        return new DecayTrigger(properties.triggers(), runs, jdbc, clock);
    }

    @Bean
    Task<?> scheduledTraining(Triggers triggers) {
        return triggers.schedule();
    }

    @Bean
    Task<?> trainingOnNewCandles(Triggers triggers) {
        return triggers.newCandles();
    }

    @Bean
    Task<?> trainingOnDecay(DecayTrigger trigger) {
        return trigger.task();
    }

    @Bean
    Reading runReading(JdbcClient jdbc, TrainingSettings settings, MeterRegistry meters) {
        List<String> models =
                settings.horizons().keySet().stream().map(TrainingSpec::modelOf).toList();
        return new Reading("training_runs", new RunReading(jdbc, models, meters)::take);
    }

    @Bean
    Reading runTimeReading(JdbcClient jdbc, MeterRegistry meters, Clock clock) {
        return new Reading("training_times", new RunTimeReading(jdbc, meters, clock)::take);
    }

    @Bean
    Reading epochReading(JdbcClient jdbc, MeterRegistry meters) {
        return new Reading("training_epochs", new EpochReading(jdbc, meters)::take);
    }

    @Bean
    Reading evaluationReading(JdbcClient jdbc, MeterRegistry meters) {
        return new Reading("evaluation", new EvaluationReading(jdbc, meters)::take);
    }
}
