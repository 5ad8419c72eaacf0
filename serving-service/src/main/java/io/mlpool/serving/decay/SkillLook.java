package io.mlpool.serving.decay;

import io.mlpool.model.Algorithm;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.Horizon;
import io.mlpool.statistics.HacMean;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether a version looks worse than the naive forecast: by the difference of the two losses relative to the naive one, mean over the horizons
 * at each time at which outcomes of all of them are known, with the corrections of {@link HacMean}.
 */
final class SkillLook {

    /** Fewer stretches as long as the longest horizon tell nothing. */
    private static final int FEWEST_INDEPENDENT = 7;

    private final JdbcClient jdbc;
    private final DecayProperties properties;

    SkillLook(JdbcClient jdbc, DecayProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** Looks at the outcomes up to now. The naive forecast itself has no skill to lose. */
    Look at(String model, int version, ForecastManifest manifest, Instant now) {
        if (manifest.algorithm() == Algorithm.NAIVE) {
            return Look.UNKNOWN;
        }
        List<Horizon> horizons = manifest.shape().horizons();
        int overlap = horizons.getLast().bars(manifest.features().interval());
        double[] differences = differences(model, version, horizons.size(), now.minus(span(horizons.getLast())), now);
        if (differences.length < FEWEST_INDEPENDENT * overlap) {
            return Look.UNKNOWN;
        }
        HacMean difference = HacMean.of(differences, overlap);
        double probability = chance(difference);
        String summary = String.format(
                Locale.ROOT,
                "over %d times its loss is %.1f %% %s than the naive forecast's, which chance alone would show with probability %.3g",
                difference.count(),
                100 * Math.abs(difference.mean()),
                difference.mean() > 0 ? "higher" : "lower",
                probability);
        return new Look(probability < properties.level() ? Look.State.FOUND : Look.State.NOT_FOUND, summary);
    }

    /** Probability, of one look, that the true difference is none where it is so far above, or further. */
    static double chance(HacMean difference) {
        return 1 - difference.probabilityBelow();
    }

    /** Twice the least that tells anything, or longer: of daily candles the usual span holds too few. */
    private Duration span(Horizon longest) {
        Duration least = longest.duration().multipliedBy(2L * FEWEST_INDEPENDENT);
        return properties.span().compareTo(least) < 0 ? least : properties.span();
    }

    private double[] differences(String model, int version, int horizons, Instant from, Instant now) {
        return jdbc
                .sql("""
                WITH outcome AS (
                  SELECT horizon, target_time, sum(quantile_loss) / sum(forecasts) AS loss, sum(naive_loss) / sum(forecasts) AS naive
                  FROM forecast_outcome
                  WHERE model = :model AND version = :version AND naive_loss IS NOT NULL AND target_time > :from AND target_time <= :to
                  GROUP BY horizon, target_time),
                relative AS (
                  SELECT target_time, (loss - naive) / nullif(avg(naive) OVER (PARTITION BY horizon), 0) AS difference FROM outcome)
                SELECT avg(difference) FROM relative GROUP BY target_time HAVING count(difference) = :horizons ORDER BY target_time
                """)
                .param("model", model)
                .param("version", version)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", now.atOffset(ZoneOffset.UTC))
                .param("horizons", horizons)
                .query(Double.class)
                .list()
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
