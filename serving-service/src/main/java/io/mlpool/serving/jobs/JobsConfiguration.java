package io.mlpool.serving.jobs;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.Reading;
import io.mlpool.serving.book.BookProgress;
import io.mlpool.serving.book.ForecastBook;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.market.KnownAssets;
import io.mlpool.serving.market.RecentCandles;
import io.mlpool.serving.prediction.ModelChoice;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobsProperties.class)
class JobsConfiguration {

    @Bean
    JobStore jobStore(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        return new JobStore(jdbc, new TransactionTemplate(transactions), clock);
    }

    @Bean
    JobHistory jobHistory(JdbcClient jdbc) {
        return new JobHistory(jdbc);
    }

    @Bean
    JobResults jobResults(JdbcClient jdbc) {
        return new JobResults(jdbc);
    }

    @Bean
    Task<?> jobTask(
            JobStore jobs,
            LiveForecasters live,
            ForecastBook book,
            BookProgress progress,
            KnownAssets assets,
            JobsProperties properties,
            Clock clock) {
        ChunkForecasts forecasts = new ChunkForecasts(live, book, progress, assets, clock);
        return new JobTask(jobs, forecasts, properties).task();
    }

    @Bean
    Task<?> jobRetention(JobStore jobs, JobsProperties properties, Clock clock) {
        return new JobRetention(jobs, properties.retention(), clock).task();
    }

    @Bean
    Jobs jobs(
            JobStore store,
            JobHistory history,
            LiveForecasters live,
            RecentCandles candles,
            SchedulerClient scheduler,
            PlatformTransactionManager transactions,
            JobsProperties properties,
            JsonMapper json,
            Clock clock) {
        return new Jobs(
                store,
                history,
                new ModelChoice(live),
                candles,
                scheduler,
                new TransactionTemplate(transactions),
                properties,
                json,
                clock);
    }

    @Bean
    Reading jobReading(JdbcClient jdbc, MeterRegistry meters) {
        return new Reading("batch_jobs", new JobReading(jdbc, meters)::take);
    }

    @Bean
    ResultFormat.Reader resultFormatReader() {
        return new ResultFormat.Reader();
    }
}
