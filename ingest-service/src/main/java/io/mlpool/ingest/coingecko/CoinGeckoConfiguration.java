package io.mlpool.ingest.coingecko;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.ingest.CandleIngestion;
import io.mlpool.ingest.Pause;
import io.mlpool.readings.Reading;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CoinGeckoProperties.class)
class CoinGeckoConfiguration {

    /** Also when nothing is fetched: the archive may hold answers to be read again. */
    @Bean
    CoinGeckoSource coinGeckoSource() {
        return new CoinGeckoSource();
    }

    @Bean
    CoinGecko coinGecko(
            CoinGeckoProperties settings,
            CandleIngestion ingestion,
            JdbcClient jdbc,
            MeterRegistry meters,
            Clock clock) {
        return new CoinGecko(settings, ingestion, jdbc, meters, clock, Pause.sleeping(), RandomGenerator.getDefault());
    }

    @Bean
    Reading coinGeckoReading(CoinGecko coinGecko, MeterRegistry meters) {
        return new Reading("coingecko", new CoinGeckoReading(coinGecko, meters)::take);
    }
}
