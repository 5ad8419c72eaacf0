package io.mlpool.serving.performance;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.Reading;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.market.MarketTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class PerformanceConfiguration {

    @Bean
    Experiences experiences(JdbcClient jdbc, LiveForecasters live) {
        return new Experiences(new Measures(jdbc), new CorrectionStore(jdbc), new ErrorRatioStore(jdbc), live);
    }

    @Bean
    Reading performanceReading(JdbcClient jdbc, LiveForecasters live, MeterRegistry meters, MarketTime time) {
        return new Reading("performance", new PerformanceReading(jdbc, live, meters, time)::take);
    }

    @Bean
    PerformanceHistory performanceHistory(JdbcClient jdbc) {
        return new PerformanceHistory(jdbc);
    }

    @Bean
    Liquidity liquidity(JdbcClient jdbc, MarketTime time) {
        return new Liquidity(jdbc, time);
    }
}
