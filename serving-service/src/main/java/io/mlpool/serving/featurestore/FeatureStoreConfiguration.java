package io.mlpool.serving.featurestore;

import com.github.kagkarlsson.scheduler.task.Task;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.featurestore.FeatureReader;
import io.mlpool.featurestore.FeatureViews;
import io.mlpool.readings.Reading;
import io.mlpool.serving.market.MarketTime;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeatureStoreProperties.class)
class FeatureStoreConfiguration {

    @Bean
    FeatureViews featureViews(FeatureStoreProperties properties) {
        return properties.views();
    }

    @Bean
    FeatureReader featureReader(JdbcClient jdbc) {
        return new FeatureReader(jdbc);
    }

    @Bean
    Materialisation materialisation(
            FeatureStoreProperties properties,
            FeatureViews views,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            MeterRegistry meters,
            MarketTime time,
            Clock clock) {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        return new Materialisation(properties, views, jdbc, transaction, new FeatureCounts(meters, views), time, clock);
    }

    @Bean
    Task<?> materialisationTask(Materialisation materialisation, FeatureStoreProperties properties) {
        return MaterialisationTask.of(materialisation, properties.pollInterval());
    }

    @Bean
    Task<?> featureRetentionTask(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            FeatureStoreProperties properties,
            MarketTime time,
            Clock clock) {
        return new FeatureRetention(jdbc, new TransactionTemplate(transactions), properties.retention(), time, clock)
                .task();
    }

    @Bean
    ViewStates viewStates(JdbcClient jdbc) {
        return new ViewStates(jdbc);
    }

    @Bean
    SampledValues sampledValues(JdbcClient jdbc) {
        return new SampledValues(jdbc);
    }

    @Bean
    Reading featureReading(FeatureViews views, ViewStates states, MeterRegistry meters, MarketTime time, Clock clock) {
        return new Reading("features", new FeatureReading(views, states, meters, time, clock)::take);
    }
}
