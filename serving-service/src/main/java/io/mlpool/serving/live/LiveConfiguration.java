package io.mlpool.serving.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.Reading;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.RegistryProperties;
import io.mlpool.serving.load.QuestionsInProgress;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LiveProperties.class)
class LiveConfiguration {

    @Bean
    Rejections rejections(LiveProperties properties, Clock clock) {
        return new Rejections(clock, properties.retryBroken());
    }

    @Bean
    LiveModels liveModels(QuestionsInProgress limit, Rejections rejections) {
        return new LiveModels(limit, rejections);
    }

    @Bean
    ModelLoading modelLoading(ModelRegistry registry, MeterRegistry meters, Clock clock) {
        return new ModelLoading(registry, new NativeCores(meters), clock);
    }

    @Bean
    ModelWatch modelWatch(
            ModelRegistry registry,
            ModelLoading loading,
            LiveModels live,
            Rejections rejections,
            RegistryProperties models,
            LiveProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        LastLive lastLive = new LastLive(models.storage().resolve("last-live.json"), registry.place());
        return new ModelWatch(registry, loading, live, rejections, lastLive, properties, events, clock);
    }

    @Bean
    Reading liveReading(LiveModels live, ModelWatch watch, MeterRegistry meters, Clock clock) {
        return new Reading("models", new LiveReading(live, watch, meters, clock)::take);
    }

    @Bean
    TrainingReports trainingReports(JdbcClient jdbc) {
        return new TrainingReports(jdbc);
    }

    /** Part of readiness, by its name. */
    @Bean
    LiveModelsHealth liveModelsHealthIndicator(ModelRegistry registry, LiveModels live, ModelWatch watch) {
        return new LiveModelsHealth(registry.place(), live, watch);
    }
}
