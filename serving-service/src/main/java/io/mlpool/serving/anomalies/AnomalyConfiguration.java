package io.mlpool.serving.anomalies;

import com.github.kagkarlsson.scheduler.task.Task;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.Reading;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WatchProperties.class)
class AnomalyConfiguration {

    @Bean
    AnomalyHistory anomalyHistory(JdbcClient jdbc) {
        return new AnomalyHistory(jdbc);
    }

    @Bean
    Task<?> watchTask(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            MeterRegistry meters,
            WatchProperties properties,
            Clock clock) {
        DetectorStore detectors = new DetectorStore(jdbc, new TransactionTemplate(transactions), clock);
        WatchCounts counts = new WatchCounts(meters, properties.watched());
        return WatchTask.of(new StreamWatch(jdbc, detectors, counts, properties, clock), properties.pollInterval());
    }

    @Bean
    Reading watchReading(JdbcClient jdbc, MeterRegistry meters, WatchProperties properties, Clock clock) {
        return new Reading("anomalies", new WatchReading(jdbc, properties.watched(), meters, clock)::take);
    }
}
