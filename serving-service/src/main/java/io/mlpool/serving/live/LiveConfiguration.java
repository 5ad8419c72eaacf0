package io.mlpool.serving.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.Reading;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.RegistryProperties;
import io.mlpool.serving.load.QuestionsInProgress;
import java.time.Clock;
import java.util.List;
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
    LiveForecasters liveForecasters(LiveProperties properties, QuestionsInProgress limit, Rejections rejections) {
        return new LiveForecasters(properties.prefix(), limit, rejections);
    }

    @Bean
    ModelFamily<LiveForecaster> forecasters(
            LiveProperties properties, LiveForecasters live, MeterRegistry meters, Clock clock) {
        return new ModelFamily<>(properties.prefix(), live, new ForecasterLoading(new NativeCores(meters), clock));
    }

    @Bean
    ModelFamilies modelFamilies(List<ModelFamily<?>> all) {
        return new ModelFamilies(all);
    }

    @Bean
    ModelWatch modelWatch(
            ModelRegistry registry,
            ModelFamilies families,
            Rejections rejections,
            RegistryProperties models,
            ApplicationEventPublisher events,
            Clock clock) {
        LastLive lastLive = new LastLive(models.storage().resolve("last-live.json"), registry.place());
        return new ModelWatch(registry, families, rejections, lastLive, events, clock);
    }

    @Bean
    Reading liveReading(ModelFamilies live, ModelWatch watch, MeterRegistry meters, Clock clock) {
        return new Reading("models", new LiveReading(live, watch, meters, clock)::take);
    }

    @Bean
    TrainingReports trainingReports(JdbcClient jdbc) {
        return new TrainingReports(jdbc);
    }

    /** Part of readiness, by its name. */
    @Bean
    LiveModelsHealth liveModelsHealthIndicator(
            ModelRegistry registry, LiveForecasters forecasters, ModelFamilies families, ModelWatch watch) {
        return new LiveModelsHealth(registry.place(), forecasters, families, watch);
    }
}
