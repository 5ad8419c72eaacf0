package io.mlpool.serving.alert;

import static io.mlpool.serving.alert.AlertWorld.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.serving.alert.rule.Condition;
import io.mlpool.serving.alert.rule.Rule;
import io.mlpool.serving.alert.rule.Severity;
import io.mlpool.serving.alert.rule.Span;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class DryRunTest {

    private static final Rule HIGH = new Rule(
            "high", new Condition.RiskLevel("risk-7d", 80), List.of(), Duration.ZERO, Severity.WARNING, Map.of(), true);

    private final AlertWorld world = new AlertWorld();
    private final DryRun dryRun = dryRun(1);

    private DryRun dryRun(int seconds) {
        TransactionTemplate question =
                new TransactionTemplate(Objects.requireNonNull(world.transaction.getTransactionManager()));
        question.setReadOnly(true);
        question.setTimeout(seconds);
        return new DryRun(world.figures(), question, world.clock);
    }

    @Test
    void whatStillFiresHasNoEnd() {
        world.risk("bitcoin", 85, NOON.minus(Duration.ofHours(5)));

        DryRun.Result result = dryRun.of(HIGH, 1);

        assertThat(result.stepSeconds()).isEqualTo(120);
        assertThat(result.subjects()).isEqualTo(1);
        assertThat(result.firings()).singleElement().satisfies(firing -> {
            assertThat(firing.firedAt()).isEqualTo(NOON.minus(Duration.ofHours(5)));
            assertThat(firing.resolvedAt()).isNull();
        });
    }

    @Test
    void moreFiguresThanShouldLieInMemoryAreRefused() {
        world.jdbc.sql("""
                        INSERT INTO anomaly (detector, asset, vs_currency, interval, at, grade, score, threshold, dimension, observed,
                                             attribution, found_at)
                        SELECT 'stream', 'coin' || coin, 'usd', '1h', at, 0.9, 3, 2, 'return', 0.1, '{}', at
                        FROM generate_series(1, 300) coin, generate_series(:noon::timestamptz - interval '1 day', :noon::timestamptz, interval '6 h') at
                        """).param("noon", NOON.toString()).update();
        Condition odd = new Condition.AnomalyGrade(0.5, Span.of("1d"), null, null);

        assertThatThrownBy(() ->
                        dryRun(20).of(new Rule("odd", odd, List.of(), Duration.ZERO, Severity.INFO, Map.of(), true), 1))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("name some assets");
        assertThat(dryRun(20)
                        .of(new Rule("odd", odd, List.of("coin7"), Duration.ZERO, Severity.INFO, Map.of(), true), 1)
                        .subjects())
                .isEqualTo(1);
    }

    @Test
    void whatTakesTooLongIsGivenUpAndMayBeAskedAgain() throws SQLException {
        try (Connection other = world.database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE risk_score IN ACCESS EXCLUSIVE MODE");

            assertThatThrownBy(() -> dryRun.of(HIGH, 1))
                    .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.status())
                            .isEqualTo(503));
        }

        assertThat(dryRun.of(HIGH, 1).fired()).isZero();
    }
}
