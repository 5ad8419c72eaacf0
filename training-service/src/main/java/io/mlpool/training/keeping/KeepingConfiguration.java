package io.mlpool.training.keeping;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.RegistryProperties;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeepingProperties.class)
class KeepingConfiguration {

    @Bean
    Keeping keeping(
            ModelRegistry registry,
            RegistryProperties models,
            JdbcClient jdbc,
            KeepingProperties properties,
            Clock clock) {
        OldRuns runs = new OldRuns(models.storage().resolve("runs"), jdbc);
        return new Keeping(registry, new VersionsInUse(registry, jdbc), runs, properties, clock);
    }

    /** By one replica at a time; when it dies by another one. */
    @Bean
    Task<?> keepingTask(Keeping keeping, KeepingProperties properties) {
        return Tasks.recurring(TaskDescriptor.of("model-keeping"), FixedDelay.of(properties.every()))
                .execute((instance, context) -> {
                    if (properties.enabled()) {
                        keeping.run();
                    }
                });
    }
}
