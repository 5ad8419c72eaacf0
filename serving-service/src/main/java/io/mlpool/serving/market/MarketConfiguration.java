package io.mlpool.serving.market;

import io.mlpool.market.CandleStore;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class MarketConfiguration {

    @Bean
    CandleStore candleStore(JdbcClient jdbc) {
        return new CandleStore(jdbc);
    }

    @Bean
    RecentCandles recentCandles(JdbcClient jdbc) {
        return new RecentCandles(jdbc);
    }

    @Bean
    MarketTime marketTime(RecentCandles candles, Clock clock) {
        return new MarketTime(candles, clock);
    }

    @Bean
    KnownAssets knownAssets(JdbcClient jdbc) {
        return new KnownAssets(jdbc);
    }

    @Bean
    PastMarkets pastMarkets(CandleStore candles, Clock clock) {
        return new PastMarkets(candles, clock);
    }
}
