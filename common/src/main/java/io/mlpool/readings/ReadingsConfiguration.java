package io.mlpool.readings;

import com.github.kagkarlsson.scheduler.task.Task;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a service imports to have its {@link Reading}s taken, and those about its tasks with them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReadingsProperties.class)
public class ReadingsConfiguration {

    @Bean
    Reading taskReading(
            ObjectProvider<Task<?>> tasks,
            @Value("${db-scheduler.table-name}") String table,
            JdbcClient jdbc,
            MeterRegistry meters,
            Clock clock) {
        Set<String> names = tasks.stream().map(Task::getName).collect(Collectors.toUnmodifiableSet());
        return new Reading("tasks", new TaskReading(jdbc, table, names, meters, clock)::take);
    }

    @Bean
    Readings readings(
            ObjectProvider<Reading> readings, ReadingsProperties properties, MeterRegistry meters, Clock clock) {
        return new Readings(
                readings.stream()
                        .map(reading -> new RepeatedReading(reading, meters, clock))
                        .toList(),
                properties.interval());
    }
}
