package io.mlpool.training.risk.run;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Snapshots;
import io.mlpool.protocols.ProtocolStore;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.RegistryProperties;
import io.mlpool.training.risk.RiskTraining;
import io.mlpool.training.risk.fit.RiskSettings;
import io.mlpool.training.risk.panel.RiskData;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Models of risk: how they are made, when, and who asks for them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RiskProperties.class)
class RiskConfiguration {

    @Bean
    RiskSettings riskSettings(RiskProperties properties) {
        return properties.settings();
    }

    @Bean
    RiskTraining riskTraining(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ModelRegistry registry,
            RiskSettings settings,
            RegistryProperties models,
            Encryption encryption) {
        return new RiskTraining(
                new RiskData(new CandleStore(jdbc), new ProtocolStore(jdbc), Snapshots.of(transactions)),
                registry,
                settings,
                new StoredFolder(models.storage(), encryption));
    }

    @Bean
    RiskRuns riskRuns(JdbcClient jdbc, Clock clock) {
        return new RiskRuns(jdbc, clock);
    }

    /** The scheduler is asked for lazily: it is made of the tasks below, and one of them starts runs through this. */
    @Bean
    RiskTrainings riskTrainings(
            RiskRuns runs,
            RiskSettings settings,
            @Lazy SchedulerClient scheduler,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new RiskTrainings(runs, settings, scheduler, new TransactionTemplate(transactions), clock);
    }

    @Bean
    Task<?> riskRunTask(RiskRuns runs, RiskTraining training) {
        return new RiskRunTask(runs, training).task();
    }

    @Bean
    Task<?> scheduledRiskTraining(RiskProperties properties, RiskTrainings trainings) {
        return Tasks.recurring("risk-schedule", Schedules.cron(properties.schedule(), ZoneOffset.UTC))
                .execute((instance, context) -> trainings.startAll());
    }
}
