package io.mlpool.serving.alert.rule;

import io.mlpool.market.Interval;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The figures that conditions are about, read as they stood at one or many times by one and the same statement: what a rule would have
 * told is what it tells.
 */
public final class Figures {

    /** Readings at a time, of all subjects and times together: some tens of megabytes. */
    public static final int MOST = 200_000;

    private static final int ROWS_AT_ONCE = 5_000;

    private final JdbcClient jdbc;
    private final Supplier<List<Champion>> champions;

    /** @param champions those that are live here now */
    public Figures(JdbcClient jdbc, Supplier<List<Champion>> champions) {
        this.jdbc = jdbc;
        this.champions = champions;
    }

    /**
     * Figures of all subjects of a rule; a subject of which nothing is known at a time has none for it.
     *
     * @param times in UTC; of the past only where {@link Condition#hasPast()}
     * @return empty when at the moment nobody can tell, and what was told before should stay
     * @throws TooManyReadingsException when there are more than {@link #MOST}
     */
    public Optional<List<Reading>> read(Rule rule, List<Instant> times) {
        Optional<List<Reading>> readings = ask(rule, times);
        if (readings.isPresent() && readings.get().size() > MOST) {
            throw new TooManyReadingsException();
        }
        return readings;
    }

    private Optional<List<Reading>> ask(Rule rule, List<Instant> times) {
        return switch (rule.condition()) {
            case Condition.RiskLevel level -> Optional.of(riskLevel(level, rule, times));
            case Condition.RiskChange change -> Optional.of(riskChange(change, rule, times));
            case Condition.AnomalyGrade grade ->
                Optional.of(
                        anomalies("max(grade)", 0, grade.within(), grade.interval(), grade.detector(), rule, times));
            case Condition.AnomalyCount count ->
                Optional.of(anomalies(
                        "count(*)", count.grade(), count.within(), count.interval(), count.detector(), rule, times));
            case Condition.Coverage coverage ->
                Optional.of(scored(
                        "avg(inside_interval::integer)",
                        new Scored(
                                coverage.horizon().label(),
                                coverage.forecasts(),
                                coverage.interval(),
                                coverage.model()),
                        rule,
                        times));
            case Condition.ErrorRatio ratio ->
                Optional.of(scored(
                        "sum(absolute_error / last_price) / nullif(sum(naive_error / last_price), 0)",
                        new Scored(ratio.horizon().label(), ratio.forecasts(), ratio.interval(), ratio.model()),
                        rule,
                        times));
            case Condition.StaleData stale -> Optional.of(staleData(stale, rule, times));
            case Condition.ForecastMove move ->
                Optional.of(forecasts(
                        "prices[array_position(levels, 0.5)] / last_price - 1",
                        move.interval(),
                        move.horizon().label(),
                        rule,
                        times));
            case Condition.ForecastProbability probability ->
                Optional.of(forecasts(
                        "probability_up",
                        probability.interval(),
                        probability.horizon().label(),
                        rule,
                        times));
            case Condition.ModelAge age -> modelAge(age, times.getLast());
            case Condition.NoModel model -> Optional.of(noModel(model, times.getLast()));
        };
    }

    /** A score that was not renewed for three days says nothing any more. */
    private List<Reading> riskLevel(Condition.RiskLevel level, Rule rule, List<Instant> times) {
        return ask("""
                SELECT t.at, a.id AS asset, s.score AS value
                FROM unnest(:times::timestamptz[]) t (at)
                CROSS JOIN asset a
                CROSS JOIN LATERAL (SELECT score FROM risk_score r
                    WHERE r.asset = a.id AND r.model = :model AND r.variant = 'champion'
                      AND r.as_of <= t.at AND r.as_of > t.at - interval '3 days' AND r.computed_at <= t.at
                    ORDER BY r.as_of DESC, r.version DESC LIMIT 1) s
                WHERE :assets::text[] IS NULL OR a.id = ANY (:assets::text[])
                """, rule, times)
                .param("model", level.model())
                .query(ofAssets(asset -> asset.with("model", level.model())))
                .list();
    }

    private List<Reading> riskChange(Condition.RiskChange change, Rule rule, List<Instant> times) {
        return ask("""
                SELECT t.at, a.id AS asset, s.score - before.score AS value
                FROM unnest(:times::timestamptz[]) t (at)
                CROSS JOIN asset a
                CROSS JOIN LATERAL (SELECT score, version FROM risk_score r
                    WHERE r.asset = a.id AND r.model = :model AND r.variant = 'champion'
                      AND r.as_of <= t.at AND r.as_of > t.at - interval '3 days' AND r.computed_at <= t.at
                    ORDER BY r.as_of DESC, r.version DESC LIMIT 1) s
                CROSS JOIN LATERAL (SELECT score FROM risk_score r
                    WHERE r.asset = a.id AND r.model = :model AND r.version = s.version
                      AND r.as_of <= t.at - make_interval(secs => :within)
                      AND r.as_of > t.at - make_interval(secs => :within) - interval '3 days' AND r.computed_at <= t.at
                    ORDER BY r.as_of DESC LIMIT 1) before
                WHERE :assets::text[] IS NULL OR a.id = ANY (:assets::text[])
                """, rule, times)
                .param("model", change.model())
                .param("within", change.within().seconds())
                .query(ofAssets(asset -> asset.with("model", change.model())))
                .list();
    }

    /** By when it was found, for it may be found late; what lies a day further back is no news, such as after a new detector's first look. */
    private List<Reading> anomalies(
            String figure,
            double grade,
            Span within,
            @Nullable String interval,
            @Nullable String detector,
            Rule rule,
            List<Instant> times) {
        return ask("""
                SELECT t.at, a.asset, %s AS value
                FROM unnest(:times::timestamptz[]) t (at)
                JOIN anomaly a ON a.found_at <= t.at AND a.found_at > t.at - make_interval(secs => :within)
                  AND a.at > t.at - make_interval(secs => :within) - interval '1 day' AND a.at <= t.at
                WHERE a.grade >= :grade AND (:interval::text IS NULL OR a.interval = :interval)
                  AND (:detector::text IS NULL OR a.detector = :detector)
                  AND (:assets::text[] IS NULL OR a.asset = ANY (:assets::text[]))
                GROUP BY t.at, a.asset
                """.formatted(figure), rule, times)
                .param("grade", grade)
                .param("within", within.seconds())
                .param("interval", interval)
                .param("detector", detector)
                .query(ofAssets(asset -> asset.with("interval", interval).with("detector", detector)))
                .list();
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
    private List<Reading> scored(String figure, Scored which, Rule rule, List<Instant> times) {
        return ask("""
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
                """.formatted(figure), rule, times)
                .param("horizon", which.horizon())
                .param("forecasts", which.forecasts())
                .param("interval", which.interval())
                .param("model", which.model())
                .query((row, n) -> new Reading(
                        time(row),
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

    /** By what had come in by then; only a series without such a candle is looked at further back. */
    private List<Reading> staleData(Condition.StaleData stale, Rule rule, List<Instant> times) {
        return ask("""
                SELECT t.at, s.asset, extract(epoch FROM t.at - (coalesce(fresh.open_time, newest.open_time)
                         + make_interval(secs => :length))) AS value
                FROM unnest(:times::timestamptz[]) t (at)
                CROSS JOIN series s
                LEFT JOIN LATERAL (SELECT open_time FROM candle c WHERE c.series_id = s.id AND c.finished
                    AND c.open_time <= t.at - make_interval(secs => :length)
                    AND c.open_time > t.at - make_interval(secs => :length) - make_interval(secs => :older)
                    AND c.ingested_at <= t.at
                    ORDER BY open_time DESC LIMIT 1) fresh ON true
                LEFT JOIN LATERAL (SELECT open_time FROM candle c WHERE c.series_id = s.id AND c.finished
                    AND c.open_time <= t.at - make_interval(secs => :length) - make_interval(secs => :older)
                    ORDER BY open_time DESC LIMIT 1) newest ON fresh.open_time IS NULL
                WHERE s.interval = :interval AND (:assets::text[] IS NULL OR s.asset = ANY (:assets::text[]))
                  AND coalesce(fresh.open_time, newest.open_time) IS NOT NULL
                """, rule, times)
                .param("interval", stale.interval())
                .param("length", (double) Interval.of(stale.interval()).seconds())
                .param("older", stale.olderThan().seconds())
                .query(ofAssets(asset -> asset.with("interval", stale.interval())))
                .list();
    }

    /** The champion's newest, unless it is more than three candles old. */
    private List<Reading> forecasts(String figure, String interval, String horizon, Rule rule, List<Instant> times) {
        return ask("""
                SELECT t.at, s.asset, f.value
                FROM unnest(:times::timestamptz[]) t (at)
                CROSS JOIN series s
                CROSS JOIN LATERAL (SELECT %s AS value FROM forecast f
                    WHERE f.asset = s.asset AND f.interval = s.interval AND f.horizon = :horizon AND f.variant = 'champion'
                      AND f.as_of <= t.at AND f.as_of > t.at - make_interval(secs => :fresh) AND f.created_at <= t.at
                    ORDER BY f.as_of DESC, f.created_at DESC LIMIT 1) f
                WHERE s.interval = :interval AND f.value IS NOT NULL
                  AND (:assets::text[] IS NULL OR s.asset = ANY (:assets::text[]))
                """.formatted(figure), rule, times)
                .param("interval", interval)
                .param("horizon", horizon)
                .param("fresh", 3.0 * Interval.of(interval).seconds())
                .query(ofAssets(asset -> asset.with("interval", interval).with("horizon", horizon)))
                .list();
    }

    /** Without any champion, as while a service starts, nobody knows: what was said stays. */
    private Optional<List<Reading>> modelAge(Condition.ModelAge age, Instant now) {
        List<Reading> readings = new ArrayList<>();
        List<Champion> live = champions.get();
        for (Champion champion : live) {
            if (age.model() == null || age.model().equals(champion.model())) {
                double old = Duration.between(champion.trainedUntil(), now).toSeconds();
                readings.add(new Reading(now, new Subject(Map.of("model", champion.model())), old));
            }
        }
        return live.isEmpty() ? Optional.empty() : Optional.of(readings);
    }

    private List<Reading> noModel(Condition.NoModel model, Instant now) {
        long live = champions.get().stream()
                .filter(champion -> model.model() == null
                        ? champion.forecasts()
                        : model.model().equals(champion.model()))
                .count();
        String which = model.model() == null ? "any" : model.model();
        return List.of(new Reading(now, new Subject(Map.of("model", which)), live));
    }

    private JdbcClient.StatementSpec ask(String sql, Rule rule, List<Instant> times) {
        return jdbc.sql(sql)
                .withFetchSize(ROWS_AT_ONCE)
                .withMaxRows(MOST + 1)
                .param("times", times.stream().map(Instant::toString).toArray(String[]::new))
                .param("assets", rule.assets().isEmpty() ? null : rule.assets().toArray(String[]::new));
    }

    /** An asset has one subject for all its readings, for there may be many. */
    private static RowMapper<Reading> ofAssets(UnaryOperator<Subject> labels) {
        Map<String, Subject> subjects = new HashMap<>();
        return (row, n) -> new Reading(
                time(row),
                subjects.computeIfAbsent(row.getString("asset"), asset -> labels.apply(Subject.asset(asset))),
                row.getDouble("value"));
    }

    /** More than should lie in memory at once. */
    public static final class TooManyReadingsException extends RuntimeException {

        TooManyReadingsException() {
            super("there are more than %d figures".formatted(MOST));
        }
    }

    private static Instant time(ResultSet row) throws SQLException {
        return row.getTimestamp("at").toInstant();
    }
}
