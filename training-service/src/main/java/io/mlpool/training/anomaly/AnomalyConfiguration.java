package io.mlpool.training.anomaly;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.Snapshots;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.RegistryProperties;
import io.mlpool.training.dataset.DatasetReader;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AnomalyProperties.class)
class AnomalyConfiguration {

    @Bean
    AnomalyTraining anomalyTraining(
            DatasetReader candles,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ModelRegistry registry,
            AnomalyProperties properties,
            RegistryProperties models,
            Encryption encryption,
            Clock clock) {
        return new AnomalyTraining(
                new AnomalyReader(candles, jdbc, Snapshots.of(transactions)),
                registry,
                properties.settings(),
                new StoredFolder(models.storage(), encryption),
                clock);
    }

    @Bean
    AnomalyRuns anomalyRuns(JdbcClient jdbc, Clock clock) {
        return new AnomalyRuns(jdbc, clock);
    }

    /** The scheduler is asked for lazily: it is made of the tasks below, and one of them starts runs through this. */
    @Bean
    AnomalyTrainings anomalyTrainings(
            AnomalyRuns runs,
            AnomalyTraining training,
            @Lazy SchedulerClient scheduler,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new AnomalyTrainings(runs, training, scheduler, new TransactionTemplate(transactions), clock);
    }

    @Bean
    Task<?> anomalyTrainingTask(AnomalyTrainings trainings) {
        return trainings.task();
    }

    @Bean
    Task<?> anomalyTrainingOnNewCandles(AnomalyProperties properties, AnomalyRuns runs, AnomalyTrainings trainings) {
        return new AnomalyTriggers(properties, runs, trainings).task();
    }
}
