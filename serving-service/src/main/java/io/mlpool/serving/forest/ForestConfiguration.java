package io.mlpool.serving.forest;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.mlpool.anomaly.AnomalyManifest;
import io.mlpool.market.Snapshots;
import io.mlpool.serving.live.LiveSlots;
import io.mlpool.serving.live.ModelFamily;
import io.mlpool.serving.load.QuestionsInProgress;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ForestProperties.class)
class ForestConfiguration {

    @Bean
    ModelFamily<LiveAnomalyModel> anomalyModels(QuestionsInProgress limit, Clock clock) {
        return new ModelFamily<>(
                AnomalyManifest.PREFIX, new LiveSlots<LiveAnomalyModel>(limit), new AnomalyModelLoading(clock));
    }

    @Bean
    ForestWatch forestWatch(
            JdbcClient jdbc,
            ModelFamily<LiveAnomalyModel> models,
            PlatformTransactionManager transactions,
            ForestProperties properties,
            Clock clock) {
        FindingStore findings = new FindingStore(jdbc, new TransactionTemplate(transactions), clock);
        return new ForestWatch(jdbc, models.live(), findings, Snapshots.of(transactions), properties.patience(), clock);
    }

    /** On one replica at a time; when its process dies another one goes on. */
    @Bean
    Task<?> forestTask(ForestWatch watch, ForestProperties properties) {
        return Tasks.recurring("forest-anomalies", FixedDelay.of(properties.pollInterval()))
                .execute((instance, context) ->
                        watch.update(() -> context.getSchedulerState().isShuttingDown()));
    }
}
