package io.mlpool.serving.experiment;

import io.mlpool.model.Horizon;
import io.mlpool.serving.experiment.evidence.Stretch;
import io.mlpool.serving.experiment.evidence.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the forecasts of both arms were worth, kept as one row for each time and horizon. A row is always made anew from the forecasts
 * themselves, so that it does not matter how often, or by whom; it is left alone for good when all outcomes are known, or after a grace for candles
 * that come late.
 */
final class PairedLosses {

    /** Forecasts of so many times and horizons are read by one statement: with 5,000 assets 200,000 rows. */
    private static final int MOST_AT_ONCE = 20;

    /** After the end of an experiment: what came of it stays in its standings. */
    private static final Duration KEPT = Duration.ofDays(90);

    private final JdbcClient jdbc;
    private final Duration grace;

    PairedLosses(JdbcClient jdbc, Duration grace) {
        this.jdbc = jdbc;
        this.grace = grace;
    }

    /** Brings the rows of an experiment up to date. */
    void collect(Experiment experiment, Instant now) {
        see(experiment, now);
        while (read(experiment, now) == MOST_AT_ONCE) {
            // There may be more.
        }
    }

    /** Removes the rows of experiments that ended long ago. */
    void forget(Instant now) {
        jdbc.sql("DELETE FROM experiment_loss WHERE experiment IN (SELECT id FROM experiment WHERE ended_at < :before)")
                .param("before", now.minus(KEPT).atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Makes a row for each time whose target is over. */
    private void see(Experiment experiment, Instant now) {
        jdbc.sql("""
                INSERT INTO experiment_loss (experiment, horizon, as_of, seen_at)
                SELECT :id, h.label, t.as_of, :now
                FROM unnest(:labels::text[], :seconds::bigint[]) AS h (label, seconds)
                CROSS JOIN LATERAL generate_series(
                  coalesce((SELECT max(l.as_of) + :step * interval '1 second' FROM experiment_loss l
                            WHERE l.experiment = :id AND l.horizon = h.label), :first),
                  :now - h.seconds * interval '1 second', :step * interval '1 second') AS t (as_of)
                ON CONFLICT DO NOTHING
                """)
                .param("id", experiment.id())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("first", experiment.firstAsOf().atOffset(ZoneOffset.UTC))
                .param("step", experiment.interval().seconds())
                .param(
                        "labels",
                        experiment.horizons().stream().map(Horizon::label).toArray(String[]::new))
                .param(
                        "seconds",
                        experiment.horizons().stream()
                                .map(horizon -> horizon.duration().toSeconds())
                                .toArray(Long[]::new))
                .update();
    }

    /** Those that were never read, and those that wait for outcomes after twice the time, so that one asset without candles costs little. */
    private int read(Experiment experiment, Instant now) {
        return jdbc.sql("""
                WITH due AS MATERIALIZED (
                  SELECT horizon, as_of FROM experiment_loss
                  WHERE experiment = :id AND NOT settled
                    AND (looked_at IS NULL
                         OR (looked_at < :now AND (:now - seen_at >= 2 * (looked_at - seen_at) OR :now >= seen_at + :grace * interval '1 second')))
                  ORDER BY as_of LIMIT :most),
                worth AS (
                  SELECT f.horizon, f.as_of, f.asset, f.vs_currency, f.version, f.scored_at,
                    (SELECT 2 * avg(loss) FROM unnest(f.pinball_losses) AS loss) / f.last_price AS loss,
                    f.actual_price BETWEEN f.prices[array_position(f.levels, 0.1)] AND f.prices[array_position(f.levels, 0.9)] AS covered
                  FROM due JOIN forecast f ON f.model = :model AND f.as_of = due.as_of AND f.horizon = due.horizon
                  WHERE f.version IN (:control, :challenger)),
                pair AS (
                  SELECT horizon, as_of, bool_or(version = :challenger) AS answered, count(scored_at) = 2 AS scored,
                    max(loss) FILTER (WHERE version = :control) AS control, max(loss) FILTER (WHERE version = :challenger) AS challenger,
                    bool_or(covered) FILTER (WHERE version = :control) AS control_in,
                    bool_or(covered) FILTER (WHERE version = :challenger) AS challenger_in
                  FROM worth GROUP BY horizon, as_of, asset, vs_currency HAVING bool_or(version = :control)),
                total AS MATERIALIZED (
                  SELECT horizon, as_of, count(*) AS asked, count(*) FILTER (WHERE answered) AS answered,
                    count(*) FILTER (WHERE scored) AS pairs,
                    coalesce(sum(control) FILTER (WHERE scored), 0) AS control, coalesce(sum(challenger) FILTER (WHERE scored), 0) AS challenger,
                    CASE WHEN bool_or(scored AND control_in IS NULL) THEN NULL
                         ELSE count(*) FILTER (WHERE scored AND control_in) END AS control_in,
                    CASE WHEN bool_or(scored AND challenger_in IS NULL) THEN NULL
                         ELSE count(*) FILTER (WHERE scored AND challenger_in) END AS challenger_in
                  FROM pair GROUP BY horizon, as_of)
                UPDATE experiment_loss l
                SET looked_at = :now, asked = coalesce(total.asked, 0), answered = coalesce(total.answered, 0), pairs = coalesce(total.pairs, 0),
                    control_loss = coalesce(total.control, 0), challenger_loss = coalesce(total.challenger, 0),
                    control_covered = total.control_in, challenger_covered = total.challenger_in,
                    settled = coalesce(total.pairs = total.asked, false) OR :now >= l.seen_at + :grace * interval '1 second'
                FROM due LEFT JOIN total USING (horizon, as_of)
                WHERE l.experiment = :id AND l.horizon = due.horizon AND l.as_of = due.as_of
                """)
                .param("id", experiment.id())
                .param("model", experiment.model())
                .param("control", experiment.control())
                .param("challenger", experiment.challenger())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("grace", grace.toSeconds())
                .param("most", MOST_AT_ONCE)
                .update();
    }

    /** By block and horizon. */
    List<Stretch> stretches(Experiment experiment) {
        return jdbc.sql("""
                SELECT floor(extract(epoch FROM as_of - :first) / :block)::integer AS block, horizon,
                  count(*) FILTER (WHERE settled) AS settled, count(*) FILTER (WHERE pairs > 0) AS times, coalesce(sum(pairs), 0) AS pairs,
                  coalesce(sum(control_loss / pairs) FILTER (WHERE pairs > 0), 0) AS control,
                  coalesce(sum(challenger_loss / pairs) FILTER (WHERE pairs > 0), 0) AS challenger,
                  CASE WHEN bool_or(pairs > 0 AND control_covered IS NULL) THEN NULL ELSE coalesce(sum(control_covered), 0) END AS control_in,
                  CASE WHEN bool_or(pairs > 0 AND challenger_covered IS NULL) THEN NULL ELSE coalesce(sum(challenger_covered), 0) END
                    AS challenger_in
                FROM experiment_loss WHERE experiment = :id GROUP BY block, horizon ORDER BY block
                """)
                .param("id", experiment.id())
                .param("first", experiment.firstAsOf().atOffset(ZoneOffset.UTC))
                .param("block", experiment.block().toSeconds())
                .query((row, n) -> stretch(row, experiment.timesOfABlock()))
                .list();
    }

    /** The day up to the newest time whose outcomes were looked at. */
    Recent recent(Experiment experiment) {
        return jdbc.sql("""
                WITH newest AS (
                  SELECT * FROM experiment_loss WHERE experiment = :id AND horizon = :horizon AND looked_at IS NOT NULL
                    AND as_of > (SELECT max(as_of) FROM experiment_loss WHERE experiment = :id AND horizon = :horizon) - interval '1 day')
                SELECT count(*) FILTER (WHERE pairs > 0) AS times, coalesce(sum(asked), 0) AS asked, coalesce(sum(answered), 0) AS answered,
                  coalesce(sum(control_loss), 0) AS control, coalesce(sum(challenger_loss), 0) AS challenger
                FROM newest
                """)
                .param("id", experiment.id())
                .param("horizon", experiment.horizons().getFirst().label())
                .query((row, n) -> new Recent(
                        row.getInt("times"),
                        row.getLong("asked"),
                        row.getLong("answered"),
                        row.getDouble("control"),
                        row.getDouble("challenger")))
                .single();
    }

    private static Stretch stretch(ResultSet row, int possible) throws SQLException {
        return new Stretch(
                row.getInt("block"),
                Horizon.of(row.getString("horizon")),
                row.getInt("settled") == possible,
                possible,
                row.getInt("times"),
                row.getLong("pairs"),
                new Tally(row.getDouble("control"), (Long) row.getObject("control_in")),
                new Tally(row.getDouble("challenger"), (Long) row.getObject("challenger_in")));
    }
}
