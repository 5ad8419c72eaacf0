package io.mlpool.serving.drift;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.Reading;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.market.MarketTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class DriftConfiguration {

    @Bean
    DriftTallies driftTallies(JdbcClient jdbc, JsonMapper json) {
        return new DriftTallies(jdbc, json);
    }

    @Bean
    DriftWatch driftWatch(DriftTallies tallies) {
        return new DriftWatch(tallies);
    }

    @Bean
    Reading driftReading(
            DriftWatch watch, DriftTallies tallies, LiveForecasters live, MeterRegistry meters, MarketTime time) {
        return new Reading("drift", new DriftReading(watch, tallies, live, meters, time)::take);
    }
}
