package io.mlpool.serving.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is left of scores of long ago. */
class RiskRetentionTest {

    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

    private final JdbcClient jdbc = TestDatabase.create().jdbc();
    private final RiskRetention retention = new RiskRetention(jdbc, Duration.ofDays(100), new SettableClock(NOW));

    @BeforeEach
    void scoreForYears() {
        scores("risk-7d", 1, "champion", daysAgo(700), 10);
        scores("risk-7d", 1, "challenger", daysAgo(101), 10);
        scores("risk-7d", 2, "champion", daysAgo(99), 10);
        scores("risk-7d", 2, "champion", NOW, 10);
        scores("risk-30d", 1, "champion", daysAgo(2_050), 10);
        scores("risk-30d", 1, "champion", daysAgo(2_000), 10);
    }

    @Test
    void whatIsMuchOlderThanTheNewestOfItsModelGoes() {
        scores("risk-7d", 1, "champion", daysAgo(600), 10_001, 10);

        retention.remove(() -> false);

        assertThat(count("model = 'risk-7d'")).as("however many there were").isEqualTo(20);
        assertThat(count("model = 'risk-30d'"))
                .as("a replay of years ago keeps what it makes")
                .isEqualTo(20);
    }

    @Test
    void theNewestScoreOfAnAssetStaysHoweverOldItIs() {
        scores("risk-7d", 1, "champion", daysAgo(650), 12);
        scores("risk-7d", 1, "champion", daysAgo(640), 12);

        retention.remove(() -> false);

        assertThat(count("model = 'risk-7d' AND asset IN ('coin11', 'coin12')")).isEqualTo(2);
        assertThat(count("model = 'risk-7d' AND as_of < '2025-01-01'")).isEqualTo(2);
    }

    @Test
    void aChallengersScoreDoesNotReplaceTheChampionsThatIsShown() {
        scores("risk-7d", 1, "champion", daysAgo(650), 12);
        scores("risk-7d", 3, "challenger", NOW, 12);

        retention.remove(() -> false);

        assertThat(count("model = 'risk-7d' AND variant = 'champion' AND asset IN ('coin11', 'coin12')"))
                .isEqualTo(2);
    }

    @Test
    void aScoreFromTheFutureDoesNotMakeTheOthersOld() {
        scores("risk-7d", 2, "champion", NOW.plus(Duration.ofDays(3_000)), 1);

        retention.remove(() -> false);

        assertThat(count("model = 'risk-7d'")).isEqualTo(21);
    }

    @Test
    void whoEndsRemovesNoMore() {
        retention.remove(() -> true);

        assertThat(count("model = 'risk-7d'")).isEqualTo(40);
    }

    private static Instant daysAgo(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    private void scores(String model, int version, String variant, Instant asOf, int assets) {
        scores(model, version, variant, asOf, assets, assets);
    }

    /** Of each asset as many as it takes, a second apart. */
    private void scores(String model, int version, String variant, Instant asOf, int rows, int assets) {
        jdbc.sql("""
                INSERT INTO risk_score (model, version, variant, run_id, asset, as_of, probability, score, margin, base, factors, features, computed_at)
                SELECT :model, :version, :variant, 'run', 'coin' || 1 + n % :assets, t, 0.1, 50, 0, 0, '{}', '{}', t
                FROM (SELECT n, :asOf::timestamptz + make_interval(secs => n / :assets) AS t FROM generate_series(0, :rows - 1) n)
                """)
                .param("model", model)
                .param("version", version)
                .param("variant", variant)
                .param("asOf", asOf.toString())
                .param("rows", rows)
                .param("assets", assets)
                .update();
    }

    private long count(String which) {
        return jdbc.sql("SELECT count(*) FROM risk_score WHERE " + which)
                .query(Long.class)
                .single();
    }
}
