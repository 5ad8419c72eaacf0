package io.mlpool.ingest.schedule;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.ingest.coingecko.CoinGecko;
import io.mlpool.ingest.coverage.CandleReading;
import io.mlpool.ingest.defillama.DefiLlama;
import io.mlpool.ingest.replay.ReplayProgramme;
import io.mlpool.readings.Reading;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FollowedAssets.class)
class ScheduleConfiguration {

    @Bean
    CoinGeckoTasks coinGeckoTasks(CoinGecko coinGecko, FollowedAssets followed, Clock clock) {
        return new CoinGeckoTasks(coinGecko, followed, clock);
    }

    @Bean
    DefiLlamaTasks defiLlamaTasks(DefiLlama defiLlama, Clock clock) {
        return new DefiLlamaTasks(defiLlama, clock);
    }

    @Bean
    Reading candleReading(JdbcClient jdbc, FollowedAssets followed, MeterRegistry meters, Clock clock) {
        return new Reading("candles", new CandleReading(jdbc, followed.assets(), meters, clock)::take);
    }

    @Bean
    Task<Void> replayTask(ReplayProgramme programme, Clock clock) {
        return new ReplayTask(programme, clock).task();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "mlpool.ingest.coingecko.enabled", matchIfMissing = true)
    static class CoinGeckoSchedule {

        @Bean
        Task<Void> coinGeckoCandlesTask(CoinGeckoTasks tasks) {
            return tasks.candles();
        }

        @Bean
        Task<Void> coinGeckoAssetsTask(CoinGeckoTasks tasks) {
            return tasks.assets();
        }

        @Bean
        ApplicationListener<ApplicationReadyEvent> startOfCoinGecko(CoinGeckoTasks tasks, SchedulerClient scheduler) {
            return ready -> tasks.start(scheduler);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "mlpool.ingest.defillama.enabled", matchIfMissing = true)
    static class DefiLlamaSchedule {

        @Bean
        Task<Void> defiLlamaProtocolsTask(DefiLlamaTasks tasks) {
            return tasks.protocols();
        }

        @Bean
        Task<Void> defiLlamaIncidentsTask(DefiLlamaTasks tasks) {
            return tasks.incidents();
        }

        @Bean
        Task<Void> defiLlamaHistoriesTask(DefiLlamaTasks tasks) {
            return tasks.histories();
        }

        @Bean
        ApplicationListener<ApplicationReadyEvent> startOfDefiLlama(DefiLlamaTasks tasks, SchedulerClient scheduler) {
            return ready -> tasks.startMissing(scheduler);
        }
    }
}
