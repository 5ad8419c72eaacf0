package io.mlpool.serving.decay;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.Reading;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.serving.drift.DriftWatch;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.market.MarketTime;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DecayProperties.class)
class DecayConfiguration {

    @Bean
    DecayRound decayRound(
            JdbcClient jdbc,
            LiveForecasters live,
            DriftWatch drift,
            ModelRegistry registry,
            MarketTime time,
            DecayProperties properties,
            Clock clock) {
        return new DecayRound(
                live, drift, new SkillLook(jdbc, properties), new DecayStore(jdbc), registry, time, clock);
    }

    /** By one replica at a time; when it dies by another one. */
    @Bean
    Task<?> decayTask(DecayRound round, DecayProperties properties) {
        return Tasks.recurring(TaskDescriptor.of("model-decay"), FixedDelay.of(properties.every()))
                .execute((instance, context) -> round.run());
    }

    @Bean
    Reading decayReading(JdbcClient jdbc, LiveForecasters live, MeterRegistry meters) {
        return new Reading("model_decay", new DecayReading(jdbc, live, meters)::take);
    }
}
