package io.mlpool.serving.performance;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.Reading;
import io.mlpool.serving.live.LiveForecasters;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class PerformanceConfiguration {

    @Bean
    Experiences experiences(JdbcClient jdbc, LiveForecasters live, Clock clock) {
        return new Experiences(new Measures(jdbc), new CorrectionStore(jdbc), new ErrorRatioStore(jdbc), live, clock);
    }

    @Bean
    Reading performanceReading(JdbcClient jdbc, LiveForecasters live, MeterRegistry meters, Clock clock) {
        return new Reading("performance", new PerformanceReading(jdbc, live, meters, clock)::take);
    }

    @Bean
    PerformanceHistory performanceHistory(JdbcClient jdbc) {
        return new PerformanceHistory(jdbc);
    }

    @Bean
    Liquidity liquidity(JdbcClient jdbc, Clock clock) {
        return new Liquidity(jdbc, clock);
    }
}
