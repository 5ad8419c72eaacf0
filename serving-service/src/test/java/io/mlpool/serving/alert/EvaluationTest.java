package io.mlpool.serving.alert;

import static io.mlpool.serving.alert.AlertWorld.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.serving.alert.rule.Champion;
import io.mlpool.serving.alert.rule.Condition;
import io.mlpool.serving.alert.rule.Rule;
import io.mlpool.serving.alert.rule.Severity;
import io.mlpool.serving.alert.rule.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final Condition HIGH = new Condition.RiskLevel("risk-7d", 80);

    private final AlertWorld world = new AlertWorld();

    private static Rule rule(Condition condition, Duration holdsFor, String... assets) {
        return new Rule("test", condition, List.of(assets), holdsFor, Severity.WARNING, Map.of("team", "defi"), true);
    }

    @Test
    void alertIsPendingThenFiringThenResolved() {
        world.rule(rule(HIGH, Duration.ofMinutes(10)));
        world.risk("bitcoin", 85, NOON);

        world.evaluate();
        world.advance(Duration.ofMinutes(9));
        world.evaluate();
        world.advance(Duration.ofMinutes(1));
        world.evaluate();
        world.risk("bitcoin", 60, world.clock.instant());
        world.evaluate();

        assertThat(world.events()).containsExactly("bitcoin pending", "bitcoin firing", "bitcoin resolved");
        assertThat(world.jdbc
                        .sql("SELECT notify FROM alert_event ORDER BY number")
                        .query(Boolean.class)
                        .list())
                .containsExactly(false, true, true);
    }

    @Test
    void whatHeldTooShortNeverFiresAndNobodyIsTold() {
        world.rule(rule(HIGH, Duration.ofMinutes(10)));
        world.risk("bitcoin", 85, NOON);
        world.evaluate();
        world.advance(Duration.ofMinutes(5));
        world.risk("bitcoin", 60, world.clock.instant());

        world.evaluate();

        assertThat(world.events()).containsExactly("bitcoin pending", "bitcoin resolved");
        assertThat(world.count("alert_event WHERE notify")).isZero();
    }

    @Test
    void alertKeepsItsIdAndEachChangeHasItsOwn() {
        world.rule(rule(HIGH, Duration.ZERO));
        world.risk("bitcoin", 85, NOON);
        world.evaluate();
        world.advance(Duration.ofHours(1));
        world.risk("bitcoin", 60, world.clock.instant());
        world.evaluate();
        world.advance(Duration.ofHours(1));
        world.risk("bitcoin", 90, world.clock.instant());
        world.evaluate();

        assertThat(world.events()).containsExactly("bitcoin firing", "bitcoin resolved", "bitcoin firing");
        assertThat(world.count("alert")).isEqualTo(1);
        assertThat(world.count("(SELECT DISTINCT id FROM alert_event) ids")).isEqualTo(3);
    }

    @Test
    void alertSaysWhatWasFoundAndCarriesTheLabelsOfItsRule() {
        world.rule(rule(HIGH, Duration.ZERO));
        world.risk("bitcoin", 85.25, NOON);

        world.evaluate();

        assertThat(world.jdbc
                        .sql("SELECT summary FROM alert")
                        .query(String.class)
                        .single())
                .isEqualTo("bitcoin: risk-7d score 85.25, 80 or more");
        assertThat(world.jdbc
                        .sql(
                                "SELECT concat(labels->>'alertname', ' ', labels->>'team', ' ', labels->>'asset') FROM alert")
                        .query(String.class)
                        .single())
                .isEqualTo("test defi bitcoin");
    }

    @Test
    void onlyNamedAssetsCount() {
        world.rule(rule(HIGH, Duration.ZERO, "ethereum"));
        world.risk("bitcoin", 85, NOON);
        world.risk("ethereum", 85, NOON);

        world.evaluate();

        assertThat(world.events()).containsExactly("ethereum firing");
    }

    @Test
    void alertsOfARuleThatIsSwitchedOffOrRemovedAreResolved() {
        world.rule(rule(HIGH, Duration.ZERO));
        world.risk("bitcoin", 85, NOON);
        world.evaluate();
        world.rules.remove("test");

        world.evaluate();
        world.evaluate();

        assertThat(world.events()).containsExactly("bitcoin firing", "bitcoin resolved");
    }

    @Test
    void oneBrokenRuleKeepsTheOthersFromNothing() {
        world.rule(rule(HIGH, Duration.ZERO));
        world.risk("bitcoin", 85, NOON);
        world.champions.clear();
        world.rule(new Rule(
                "a-broken-one",
                new Condition.StaleData("1h", Span.of("1h"), Span.of("2h")),
                List.of(),
                Duration.ZERO,
                Severity.INFO,
                Map.of(),
                true));
        world.jdbc.sql("ALTER TABLE series RENAME TO gone").update();

        assertThatThrownBy(world::evaluate).hasMessageContaining("series");

        assertThat(world.events()).containsExactly("bitcoin firing");
    }

    @Test
    void aRuleOfALaterVersionKeepsTheOthersFromNothing() {
        world.rule(rule(HIGH, Duration.ZERO));
        world.risk("bitcoin", 85, NOON);
        world.evaluate();
        world.jdbc.sql("""
                INSERT INTO alert_rule (name, definition, created_at, changed_at)
                VALUES ('a-later-one', '{"condition": {"type": "of_tomorrow"}, "severity": "info"}', now(), now())
                """).update();
        world.risk("ethereum", 85, NOON);

        assertThatThrownBy(world::evaluate).hasMessageContaining("of_tomorrow");

        assertThat(world.events()).containsExactly("bitcoin firing", "ethereum firing");
    }

    @Test
    void twoReplicasThatEvaluateAtOnceTellOnce() throws Exception {
        world.rule(rule(HIGH, Duration.ZERO));
        List<String> assets = IntStream.range(0, 50).mapToObj(i -> "coin" + i).toList();
        assets.forEach(asset -> world.risk(asset, 90, NOON));

        try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
            List<Future<?>> runs = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(i -> replicas.submit((Runnable) world::evaluate))
                    .toList();
            for (Future<?> run : runs) {
                run.get();
            }
        }

        assertThat(world.events()).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void modelsThatNobodyKnowsOfYetChangeNothing() {
        world.rule(rule(new Condition.ModelAge(Span.of("7d"), null), Duration.ZERO));
        world.advance(Duration.ofDays(8));
        world.evaluate();
        var loaded = List.copyOf(world.champions);
        world.champions.clear();
        world.evaluate();
        world.champions.addAll(loaded);
        world.evaluate();

        assertThat(world.events()).containsExactly("model=price-1h firing");
    }

    @Test
    void noModelFiresWhileNoneIsLive() {
        world.rule(rule(new Condition.NoModel(null), Duration.ofMinutes(15)));
        world.champions.clear();
        world.evaluate();
        world.advance(Duration.ofMinutes(15));

        world.evaluate();

        assertThat(world.events()).containsExactly("model=any pending", "model=any firing");
    }

    @Test
    void modelsThatDoNotForecastAreNoneUnlessTheyAreNamed() {
        world.champions.clear();
        world.champions.add(new Champion("risk-7d", false, NOON));
        world.rule(rule(new Condition.NoModel("risk-7d"), Duration.ZERO));
        world.evaluate();
        assertThat(world.events()).isEmpty();

        world.rule(rule(new Condition.NoModel(null), Duration.ZERO));
        world.evaluate();
        assertThat(world.events()).containsExactly("model=any firing");
    }

    @Test
    void aThousandAnomaliesOfOneAssetAreOneAlert() {
        world.rule(rule(new Condition.AnomalyGrade(0.5, Span.of("1h"), null, null), Duration.ZERO));
        IntStream.range(0, 1000).forEach(i -> world.jdbc
                .sql("""
                        INSERT INTO anomaly (detector, asset, vs_currency, interval, at, grade, score, threshold, dimension, observed, attribution, found_at)
                        VALUES ('d' || :i, 'bitcoin', 'usd', '1h', :at::timestamptz, 0.9, 3, 2, 'return', 0, '{}', :at::timestamptz)
                        """)
                .param("i", i)
                .param("at", NOON.toString())
                .update());

        world.evaluate();

        assertThat(world.events()).containsExactly("bitcoin firing");
    }

    @Test
    void whatWasResolvedLongAgoIsRemovedAndWhatFiresStays() {
        world.rule(rule(HIGH, Duration.ZERO));
        world.risk("bitcoin", 85, NOON);
        world.risk("ethereum", 85, NOON);
        world.evaluate();
        world.risk("bitcoin", 10, NOON.plusSeconds(1));
        world.advance(Duration.ofMinutes(1));
        world.evaluate();
        world.advance(Duration.ofDays(91));

        world.removeOld(Duration.ofDays(90));

        assertThat(world.events()).containsExactly("ethereum firing");
    }
}
