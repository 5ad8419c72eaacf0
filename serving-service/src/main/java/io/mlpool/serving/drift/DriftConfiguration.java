package io.mlpool.serving.drift;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.Reading;
import io.mlpool.serving.live.LiveForecasters;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class DriftConfiguration {

    @Bean
    DriftTallies driftTallies(JdbcClient jdbc, JsonMapper json, Clock clock) {
        return new DriftTallies(jdbc, json, clock);
    }

    @Bean
    DriftWatch driftWatch(DriftTallies tallies) {
        return new DriftWatch(tallies);
    }

    @Bean
    Reading driftReading(
            DriftWatch watch, DriftTallies tallies, LiveForecasters live, MeterRegistry meters, Clock clock) {
        return new Reading("drift", new DriftReading(watch, tallies, live, meters, clock)::take);
    }
}
