package io.mlpool.serving.alert;

import com.github.kagkarlsson.scheduler.task.Task;
import io.mlpool.serving.alert.delivery.Outbox;
import io.mlpool.serving.alert.rule.Champion;
import io.mlpool.serving.alert.rule.Figures;
import io.mlpool.serving.alert.rule.RuleStore;
import io.mlpool.serving.alert.silence.SilenceStore;
import io.mlpool.serving.alert.state.AlertStore;
import io.mlpool.serving.live.LiveModel;
import io.mlpool.serving.live.LiveModels;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertProperties.class)
class AlertConfiguration {

    @Bean
    RuleStore alertRules(JdbcClient jdbc, Clock clock) {
        return new RuleStore(jdbc, clock);
    }

    @Bean
    Figures alertFigures(JdbcClient jdbc, LiveModels live) {
        return new Figures(jdbc, () -> live.champions().stream()
                .map(AlertConfiguration::champion)
                .toList());
    }

    private static Champion champion(LiveModel model) {
        return new Champion(model.slot().model(), model.manifest().provenance().trainedUntil());
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
}
