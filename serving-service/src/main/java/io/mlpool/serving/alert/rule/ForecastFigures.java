package io.mlpool.serving.alert.rule;

import io.mlpool.market.Interval;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was forecast, and how it turned out. */
final class ForecastFigures {

    private ForecastFigures() {}

    static List<Reading> coverage(Condition.Coverage coverage, Question question) {
        Scored which =
                new Scored(coverage.horizon().label(), coverage.forecasts(), coverage.interval(), coverage.model());
        return scored("avg(inside_interval::integer)", which, question);
    }

    static List<Reading> errorRatio(Condition.ErrorRatio ratio, Question question) {
        Scored which = new Scored(ratio.horizon().label(), ratio.forecasts(), ratio.interval(), ratio.model());
        return scored("sum(absolute_error / last_price) / nullif(sum(naive_error / last_price), 0)", which, question);
    }

    static List<Reading> move(Condition.ForecastMove move, Question question) {
        String median = "prices[array_position(levels, 0.5)] / last_price - 1";
        return newest(median, move.interval(), move.horizon().label(), question);
    }

    static List<Reading> probability(Condition.ForecastProbability probability, Question question) {
        return newest(
                "probability_up", probability.interval(), probability.horizon().label(), question);
    }

    /** Which forecasts are looked back at. */
    private record Scored(
            String horizon,
            int forecasts,
            @Nullable String interval,
            @Nullable String model) {}

    /**
     * Of the version that the newest scored forecast is of. Nothing while it has fewer among the last four times as many: how far
     * back is looked does not depend on how much is kept.
     */
    private static List<Reading> scored(String figure, Scored which, Question question) {
        return question.ask("""
                SELECT t.at, f.model, i.interval, f.value
                FROM unnest(:times::timestamptz[]) t (at)
                CROSS JOIN (SELECT DISTINCT interval FROM series WHERE :interval::text IS NULL OR interval = :interval) i
                CROSS JOIN LATERAL (
                    WITH recent AS (
                      SELECT model, version, scored_at, inside_interval, absolute_error, naive_error, last_price FROM forecast
                      WHERE interval = i.interval AND horizon = :horizon AND variant = 'champion' AND scored_at <= t.at
                        AND (:assets::text[] IS NULL OR asset = ANY (:assets::text[]))
                      ORDER BY scored_at DESC LIMIT 4 * :forecasts),
                    newest AS (
                      SELECT model, version FROM recent WHERE :model::text IS NULL OR model = :model
                      ORDER BY scored_at DESC LIMIT 1)
                    SELECT min(model) AS model, %s AS value, count(*) AS forecasts FROM (
                      SELECT * FROM recent JOIN newest USING (model, version) ORDER BY scored_at DESC LIMIT :forecasts) last) f
                WHERE f.forecasts = :forecasts AND f.value IS NOT NULL
                """.formatted(figure))
                .param("horizon", which.horizon())
                .param("forecasts", which.forecasts())
                .param("interval", which.interval())
                .param("model", which.model())
                .query((row, n) -> new Reading(
                        Question.time(row),
                        new Subject(Map.of(
                                "model",
                                row.getString("model"),
                                "interval",
                                row.getString("interval"),
                                "horizon",
                                which.horizon())),
                        row.getDouble("value")))
                .list();
    }

    /** The champion's newest, unless it is more than three candles old. */
    private static List<Reading> newest(String figure, String interval, String horizon, Question question) {
        return question.ask("""
                SELECT t.at, s.asset, f.value
                FROM unnest(:times::timestamptz[]) t (at)
                CROSS JOIN series s
                CROSS JOIN LATERAL (SELECT %s AS value FROM forecast f
                    WHERE f.asset = s.asset AND f.interval = s.interval AND f.horizon = :horizon AND f.variant = 'champion'
                      AND f.as_of <= t.at AND f.as_of > t.at - make_interval(secs => :fresh) AND f.created_at <= t.at
                    ORDER BY f.as_of DESC, f.created_at DESC LIMIT 1) f
                WHERE s.interval = :interval AND f.value IS NOT NULL
                  AND (:assets::text[] IS NULL OR s.asset = ANY (:assets::text[]))
                """.formatted(figure))
                .param("interval", interval)
                .param("horizon", horizon)
                .param("fresh", 3.0 * Interval.of(interval).seconds())
                .query(Question.ofAssets(
                        asset -> asset.with("interval", interval).with("horizon", horizon)))
                .list();
    }
}
