package io.mlpool.serving.alert;

import static io.mlpool.serving.alert.AlertWorld.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.errors.RefusedException;
import io.mlpool.serving.alert.rule.Condition;
import io.mlpool.serving.alert.rule.Rule;
import io.mlpool.serving.alert.rule.Severity;
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
    private final DryRun dryRun = new DryRun(world.figures(), shortQuestion(), world.clock);

    private TransactionTemplate shortQuestion() {
        TransactionTemplate question =
                new TransactionTemplate(Objects.requireNonNull(world.transaction.getTransactionManager()));
        question.setReadOnly(true);
        question.setTimeout(1);
        return question;
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
