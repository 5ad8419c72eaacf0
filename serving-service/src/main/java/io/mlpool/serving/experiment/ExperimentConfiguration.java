package io.mlpool.serving.experiment;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.Reading;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.live.ModelWatch;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExperimentProperties.class)
class ExperimentConfiguration {

    @Bean
    ExperimentStore experimentStore(JdbcClient jdbc) {
        return new ExperimentStore(jdbc);
    }

    @Bean
    Promotion experimentPromotion(ModelRegistry registry, ExperimentStore store, ModelWatch watch, Clock clock) {
        return new Promotion(registry, store, watch::reload, clock);
    }

    @Bean
    Experiments experiments(ExperimentStore store, LiveForecasters live, Promotion promotion, Clock clock) {
        return new Experiments(store, live, promotion, clock);
    }

    @Bean
    ExperimentRound experimentRound(
            ExperimentStore store,
            JdbcClient jdbc,
            ModelRegistry registry,
            Promotion promotion,
            ExperimentProperties properties,
            Clock clock) {
        return new ExperimentRound(store, new PairedLosses(jdbc, properties.grace()), registry, promotion, clock);
    }

    /** By one replica at a time; when it dies by another one. */
    @Bean
    Task<?> experimentTask(ExperimentRound round, ExperimentProperties properties) {
        return Tasks.recurring(TaskDescriptor.of("experiments"), FixedDelay.of(properties.every()))
                .execute((instance, context) -> round.run());
    }

    @Bean
    TrafficSplits trafficSplits(ExperimentStore store, LiveForecasters live, ExperimentProperties properties) {
        return new TrafficSplits(store, live, properties.pollInterval());
    }

    @Bean
    Reading experimentReading(ExperimentStore store, JdbcClient jdbc, LiveForecasters live, MeterRegistry meters) {
        return new Reading("experiments", new ExperimentReading(store, jdbc, live, meters)::take);
    }
}
