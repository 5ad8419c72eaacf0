package io.mlpool.serving.alert;

import com.github.kagkarlsson.scheduler.task.Task;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.Reading;
import io.mlpool.registry.Alias;
import io.mlpool.serving.alert.delivery.Outbox;
import io.mlpool.serving.alert.rule.Champion;
import io.mlpool.serving.alert.rule.Figures;
import io.mlpool.serving.alert.rule.RuleStore;
import io.mlpool.serving.alert.silence.SilenceStore;
import io.mlpool.serving.alert.state.AlertStore;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.ModelFamily;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertProperties.class)
class AlertConfiguration {

    private static final int LONGEST_DRY_RUN_SECONDS = 10;

    @Bean
    RuleStore alertRules(JdbcClient jdbc, Clock clock) {
        return new RuleStore(jdbc, clock);
    }

    @Bean
    LiveChampions liveChampions(List<ModelFamily<?>> families, ModelFamily<LiveForecaster> forecasters) {
        return new LiveChampions(() -> families.stream()
                .flatMap(family -> champions(family, family.equals(forecasters)))
                .toList());
    }

    @Bean
    Figures alertFigures(JdbcClient jdbc, LiveChampions champions) {
        return new Figures(jdbc, champions::all);
    }

    private static Stream<Champion> champions(ModelFamily<?> family, boolean forecasts) {
        return family.live().all().stream()
                .filter(model -> model.slot().alias() == Alias.CHAMPION)
                .map(model -> new Champion(
                        model.slot().model(),
                        forecasts,
                        model.header().provenance().createdAt()));
    }

    @Bean
    AlertStore alertStore(JdbcClient jdbc) {
        return new AlertStore(jdbc);
    }

    @Bean
    SilenceStore silenceStore(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        return new SilenceStore(jdbc, new TransactionTemplate(transactions), clock);
    }

    @Bean
    Evaluation alertEvaluation(
            RuleStore rules,
            Figures figures,
            AlertStore alerts,
            Outbox outbox,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new Evaluation(rules, figures, alerts, outbox, new TransactionTemplate(transactions), clock);
    }

    @Bean
    Task<?> alertEvaluationTask(Evaluation evaluation, AlertProperties properties) {
        return EvaluationTask.of(evaluation, properties.every());
    }

    @Bean
    Task<?> alertRetentionTask(
            AlertStore alerts, SilenceStore silences, Outbox outbox, AlertProperties properties, Clock clock) {
        return new AlertRetention(alerts, silences, outbox, properties.retention(), clock).task();
    }

    @Bean
    AlertHistory alertHistory(JdbcClient jdbc) {
        return new AlertHistory(jdbc);
    }

    @Bean
    DryRun alertDryRun(Figures figures, PlatformTransactionManager transactions, Clock clock) {
        TransactionTemplate question = new TransactionTemplate(transactions);
        question.setReadOnly(true);
        question.setTimeout(LONGEST_DRY_RUN_SECONDS);
        return new DryRun(figures, question, clock);
    }

    @Bean
    Labels alertLabels() {
        return new Labels();
    }

    @Bean
    AlertFeed alertFeed(AlertHistory history) {
        return new AlertFeed(history);
    }

    @Bean
    Reading alertReading(JdbcClient jdbc, MeterRegistry meters) {
        return new Reading("alerts", new AlertReading(jdbc, meters)::take);
    }
}
