package io.mlpool.serving.experiment;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.audit.AuditLog;
import io.mlpool.readings.Reading;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.live.LiveModel;
import io.mlpool.serving.live.ModelWatch;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ExperimentProperties.class, RollbackProperties.class})
class ExperimentConfiguration {

    @Bean
    ExperimentStore experimentStore(JdbcClient jdbc) {
        return new ExperimentStore(jdbc);
    }

    @Bean
    Promotion experimentPromotion(
            ModelRegistry registry,
            ExperimentStore store,
            AuditLog log,
            @Value("${mlpool.audit.enabled:true}") boolean audited,
            ModelWatch watch,
            Clock clock) {
        PromotionAudit audit = new PromotionAudit(log, clock);
        return new Promotion(registry, store, audited ? audit::note : experiment -> {}, watch::reload, clock);
    }

    @Bean
    Succession succession(
            JdbcClient jdbc,
            ExperimentStore store,
            ModelRegistry registry,
            LiveForecasters live,
            RollbackProperties properties,
            Clock clock) {
        return new Succession(
                () -> live.champions().stream().map(LiveModel::version).toList(),
                new ChampionStore(jdbc),
                store,
                registry,
                properties,
                clock);
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
    Task<?> experimentTask(ExperimentRound round, Succession succession, ExperimentProperties properties) {
        return Tasks.recurring(TaskDescriptor.of("experiments"), FixedDelay.of(properties.every()))
                .execute((instance, context) -> {
                    try {
                        round.run();
                    } finally {
                        // An experiment of one model that cannot be looked at leaves no other model unwatched.
                        succession.run();
                    }
                });
    }

    @Bean
    TrafficSplits trafficSplits(ExperimentStore store, LiveForecasters live, ExperimentProperties properties) {
        return new TrafficSplits(store, live, properties.pollInterval());
    }

    @Bean
    Reading experimentReading(
            ExperimentStore store, JdbcClient jdbc, LiveForecasters live, MeterRegistry meters, Clock clock) {
        return new Reading("experiments", new ExperimentReading(store, jdbc, live, meters, clock)::take);
    }
}
