package io.mlpool.training.tracking;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import io.mlpool.mlflow.Mlflow;
import io.mlpool.registry.MlflowIsNamed;
import io.mlpool.registry.RegistryProperties;
import io.mlpool.training.run.TrainingRuns;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs are told to MLflow where one is named. */
@Configuration(proxyBeanMethods = false)
@Conditional(MlflowIsNamed.class)
@EnableConfigurationProperties(TrackingProperties.class)
class TrackingConfiguration {

    @Bean
    MlflowTracking runTracking(
            Mlflow mlflow,
            TrainingRuns runs,
            RegistryProperties models,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            TrackingProperties properties,
            Clock clock) {
        return new MlflowTracking(
                mlflow,
                runs,
                new ReportUpload(mlflow.artifacts(), models.storage()),
                jdbc,
                new TransactionTemplate(transactions),
                properties.quiet(),
                clock);
    }

    @Bean
    Task<?> trackingCatchUp(MlflowTracking tracking, TrackingProperties properties) {
        return Tasks.recurring("tracking-catch-up", Schedules.fixedDelay(properties.catchUp()))
                .execute((instance, context) -> tracking.catchUp());
    }
}
