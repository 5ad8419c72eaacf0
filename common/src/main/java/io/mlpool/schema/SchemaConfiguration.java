package io.mlpool.schema;

import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a service imports that uses the pool's database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SchemaProperties.class)
public class SchemaConfiguration {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Bean
    FlywayMigrationStrategy schema(SchemaProperties properties) {
        return properties.migrate() ? Flyway::migrate : new AwaitedSchema(properties.patience(), PAUSE);
    }
}
