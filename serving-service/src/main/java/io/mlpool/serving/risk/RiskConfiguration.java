package io.mlpool.serving.risk;

import com.github.kagkarlsson.scheduler.task.Task;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Snapshots;
import io.mlpool.protocols.ProtocolStore;
import io.mlpool.readings.Reading;
import io.mlpool.serving.book.BookProperties;
import io.mlpool.serving.live.LiveSlots;
import io.mlpool.serving.live.ModelFamily;
import io.mlpool.serving.load.QuestionsInProgress;
import io.mlpool.serving.market.KnownAssets;
import io.mlpool.serving.market.Patience;
import io.mlpool.serving.market.RecentCandles;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RiskProperties.class)
class RiskConfiguration {

    @Bean
    ModelFamily<LiveRiskModel> riskFamily(QuestionsInProgress limit, Clock clock) {
        return new ModelFamily<>(RiskModels.PREFIX, new LiveSlots<>(limit), new RiskLoading(clock));
    }

    @Bean
    RiskScoring riskScoring(
            ModelFamily<LiveRiskModel> family,
            CandleStore candles,
            RecentCandles recent,
            JdbcClient jdbc,
            JdbcTemplate template,
            PlatformTransactionManager transactions,
            RiskProperties properties,
            Clock clock) {
        RiskDue due = new RiskDue(jdbc, recent, new Patience(properties.patience(), clock), clock);
        RiskEvidence evidence = new RiskEvidence(candles, new ProtocolStore(jdbc), Snapshots.of(transactions), clock);
        return new RiskScoring(family.live(), due, evidence, new RiskStore(template, clock));
    }

    @Bean
    Task<?> riskTask(RiskScoring scoring, RiskProperties properties) {
        return new RiskTask(scoring, properties).task();
    }

    /** Scores are kept as long as forecasts. */
    @Bean
    Task<?> riskRetentionTask(JdbcClient jdbc, BookProperties book, Clock clock) {
        return new RiskRetention(jdbc, book.retention(), clock).task();
    }

    @Bean
    RiskHistory riskHistory(JdbcClient jdbc) {
        return new RiskHistory(jdbc);
    }

    @Bean
    RiskModels riskModels(ModelFamily<LiveRiskModel> family) {
        return new RiskModels(family.live());
    }

    @Bean
    WhatIf whatIf(RiskModels models, RiskHistory history, KnownAssets assets, Clock clock) {
        return new WhatIf(models, history, assets, clock);
    }

    @Bean
    Reading riskReading(JdbcClient jdbc, MeterRegistry meters, Clock clock) {
        return new Reading("risk", new RiskReading(jdbc, meters, clock)::take);
    }
}
