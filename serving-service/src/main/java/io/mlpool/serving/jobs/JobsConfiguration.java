package io.mlpool.serving.jobs;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.mlpool.serving.book.ForecastBook;
import io.mlpool.serving.live.LiveModels;
import io.mlpool.serving.prediction.PredictionService;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobsProperties.class)
class JobsConfiguration {

    @Bean
    BatchJobs batchJobs(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        return new BatchJobs(jdbc, new TransactionTemplate(transactions), clock);
    }

    /** The scheduler is asked for lazily: it is made of the tasks below. */
    @Bean
    Orders orders(
            BatchJobs jobs,
            LiveModels live,
            ForecastBook book,
            @Lazy SchedulerClient scheduler,
            PlatformTransactionManager transactions,
            JobsProperties properties,
            JsonMapper json,
            Clock clock) {
        Orders.Universe universe = new Orders.Universe(live, book);
        return new Orders(
                jobs,
                universe,
                scheduler,
                new TransactionTemplate(transactions),
                properties.mostWaiting(),
                json,
                clock);
    }

    @Bean
    Task<?> batchJobTask(BatchJobs jobs, PredictionService predictions, JobsProperties properties, JsonMapper json) {
        return new JobTask(jobs, new JobWork(jobs, predictions, json, properties.chunk())).task();
    }

    @Bean
    Task<?> forgettingBatchJobs(BatchJobs jobs, JobsProperties properties) {
        return Tasks.recurring("forget-batch-jobs", FixedDelay.ofHours(1))
                .execute((instance, context) -> jobs.forget(properties.kept()));
    }
}
