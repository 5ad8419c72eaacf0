package io.mlpool.serving;

import io.mlpool.audit.AuditConfiguration;
import io.mlpool.edge.EdgeConfiguration;
import io.mlpool.errors.ErrorConfiguration;
import io.mlpool.market.Interval;
import io.mlpool.readings.ReadingsConfiguration;
import io.mlpool.registry.RegistryConfiguration;
import io.mlpool.schema.SchemaConfiguration;
import io.mlpool.security.SecurityConfiguration;
import java.time.Clock;
import java.time.Instant;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.convert.converter.Converter;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The serving service: forecasts over REST on port 8001. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableScheduling
@Import({
    AuditConfiguration.class,
    EdgeConfiguration.class,
    ErrorConfiguration.class,
    ReadingsConfiguration.class,
    RegistryConfiguration.class,
    SchemaConfiguration.class,
    SecurityConfiguration.class
})
public class ServingService {

    public static void main(String[] args) {
        System.setProperty("spring.config.name", "serving-service");
        SpringApplication.run(ServingService.class, args);
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Intervals in query parameters are written like everywhere else: 1h. */
    @Bean
    IntervalReader intervalReader() {
        return new IntervalReader();
    }

    /** Times as RFC 3339 writes them, and nothing that could be taken for seconds or milliseconds. */
    @Bean
    TimeReader timeReader() {
        return new TimeReader();
    }

    static final class TimeReader implements Converter<String, Instant> {

        @Override
        public Instant convert(String time) {
            return Instant.parse(time);
        }
    }

    static final class IntervalReader implements Converter<String, Interval> {

        @Override
        public Interval convert(String label) {
            return Interval.of(label);
        }
    }
}
