package io.mlpool.training.tracking;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import io.mlpool.mlflow.Mlflow;
import io.mlpool.registry.MlflowIsNamed;
import io.mlpool.registry.RegistryProperties;
import io.mlpool.training.run.TrainingRuns;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs are told to MLflow where one is named. */
@Configuration(proxyBeanMethods = false)
@Conditional(MlflowIsNamed.class)
class TrackingConfiguration {

    private static final Duration LOOK = Duration.ofSeconds(10);

    @Bean
    MlflowTracking runTracking(
            Mlflow mlflow,
            TrainingRuns runs,
            RegistryProperties models,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new MlflowTracking(
                mlflow,
                runs,
                new ReportUpload(mlflow.artifacts(), models.storage()),
                jdbc,
                new TransactionTemplate(transactions),
                clock);
    }

    @Bean
    Task<?> trackingCatchUp(MlflowTracking tracking) {
        return Tasks.recurring("tracking-catch-up", Schedules.fixedDelay(LOOK))
                .execute((instance, context) -> tracking.catchUp());
    }
}
