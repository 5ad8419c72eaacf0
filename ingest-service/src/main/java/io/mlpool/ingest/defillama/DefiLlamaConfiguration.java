package io.mlpool.ingest.defillama;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.ingest.Pause;
import io.mlpool.ingest.protocols.ProtocolIngestion;
import io.mlpool.readings.Reading;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DefiLlamaProperties.class)
class DefiLlamaConfiguration {

    /** Also when nothing is fetched: the archive may hold answers to be read again. */
    @Bean
    DefiLlamaSource defiLlamaSource() {
        return new DefiLlamaSource();
    }

    @Bean
    DefiLlama defiLlama(
            DefiLlamaProperties settings,
            ProtocolIngestion ingestion,
            JdbcClient jdbc,
            MeterRegistry meters,
            Clock clock) {
        return new DefiLlama(settings, ingestion, jdbc, meters, clock, Pause.sleeping(), RandomGenerator.getDefault());
    }

    @Bean
    Reading defiLlamaReading(DefiLlama defiLlama, MeterRegistry meters) {
        return new Reading("defillama", new DefiLlamaReading(defiLlama, meters)::take);
    }
}
