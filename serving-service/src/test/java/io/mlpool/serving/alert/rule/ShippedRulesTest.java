package io.mlpool.serving.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.serving.alert.AlertWorld;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShippedRulesTest {

    private final TestDatabase database = TestDatabase.create();
    private final RuleStore rules = new RuleStore(database.jdbc(), new SettableClock(AlertWorld.NOON));

    @Test
    void allCanBeReadAndAreSwitchedOn() {
        assertThat(rules.all()).hasSize(10).allSatisfy(kept -> assertThat(
                        kept.rule().enabled() && kept.shipped())
                .isTrue());
    }

    @Test
    void eachCanBeEvaluatedOnAPoolWithoutAnything() {
        Figures figures = new Figures(database.jdbc(), List::of);

        assertThat(rules.all()).allSatisfy(kept -> assertThat(figures.read(kept.rule(), List.of(AlertWorld.NOON)))
                .matches(read -> read.isEmpty() || read.get().stream().allMatch(one -> one.value() == 0)));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        rules.all().forEach(kept -> rules.put(kept.rule()));

        assertThat(rules.find("data-stale").orElseThrow().rule())
                .isEqualTo(new Rule(
                        "data-stale",
                        new Condition.StaleData("1h", Span.of("3h"), Span.of("7d")),
                        List.of(),
                        Duration.ofMinutes(5),
                        Severity.WARNING,
                        Map.of(),
                        true));
        assertThat(rules.find("data-stale").orElseThrow().changedAt())
                .as("the same again is no change")
                .isEqualTo(rules.find("data-stale").orElseThrow().createdAt());
    }
}
