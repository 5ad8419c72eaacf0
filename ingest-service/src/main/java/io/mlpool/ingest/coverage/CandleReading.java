package io.mlpool.ingest.coverage;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.readings.ReadGauge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How old the newest candles are and what is missing among the last ones, for metrics. */
public final class CandleReading {

    private final JdbcClient jdbc;
    private final Collection<String> followed;
    private final Clock clock;
    private final ReadGauge lag;
    private final ReadGauge followedLag;
    private final ReadGauge missing;

    /** @param followed assets that are told apart; of all others only the newest candle counts */
    public CandleReading(JdbcClient jdbc, Collection<String> followed, MeterRegistry meters, Clock clock) {
        this.jdbc = jdbc;
        this.followed = List.copyOf(followed);
        this.clock = clock;
        this.lag = new ReadGauge(
                meters, "mlpool.candles.lag", "seconds", "Time since the newest finished candle of any asset closed");
        this.followedLag = new ReadGauge(
                meters, "mlpool.candles.followed.lag", "seconds", "The same of an asset that is followed");
        this.missing = new ReadGauge(
                meters,
                "mlpool.candles.missing",
                "",
                "Candles that are missing within the last seven days of an asset that is followed");
    }

    /** Reads once. */
    public void take() {
        takeNewest();
        takeFollowed();
    }

    private void takeNewest() {
        Map<Tags, DoubleSupplier> lags = new HashMap<>();
        jdbc.sql("""
                SELECT s.interval, max(newest.open_time) AS newest
                FROM series s
                CROSS JOIN LATERAL (SELECT open_time FROM candle WHERE series_id = s.id AND finished ORDER BY open_time DESC LIMIT 1) newest
                GROUP BY s.interval
                """).query((ResultSet row) -> {
            lags.put(Tags.of("interval", row.getString("interval")), sinceClose(row));
        });
        lag.follow(lags);
    }

    private void takeFollowed() {
        Map<Tags, DoubleSupplier> lags = new HashMap<>();
        Map<Tags, Number> gaps = new HashMap<>();
        jdbc.sql("""
                SELECT s.asset, s.interval, newest.open_time AS newest,
                  extract(epoch FROM newest.open_time - week.first)::bigint AS span, week.candles
                FROM series s
                CROSS JOIN LATERAL (SELECT open_time FROM candle WHERE series_id = s.id AND finished ORDER BY open_time DESC LIMIT 1) newest
                CROSS JOIN LATERAL (
                  SELECT count(*) AS candles, min(open_time) AS first FROM candle
                  WHERE series_id = s.id AND finished AND open_time > newest.open_time - INTERVAL '7 days'
                    AND open_time <= newest.open_time) week
                WHERE s.asset IN (:followed) AND s.vs_currency = :vs
                """).param("followed", followed).param("vs", SeriesKey.USD).query((ResultSet row) -> {
            Tags series = Tags.of("asset", row.getString("asset"), "interval", row.getString("interval"));
            lags.put(series, sinceClose(row));
            gaps.put(series, row.getLong("span") / interval(row).seconds() + 1 - row.getLong("candles"));
        });
        followedLag.follow(lags);
        missing.set(gaps);
    }

    private DoubleSupplier sinceClose(ResultSet row) throws SQLException {
        Instant close =
                row.getTimestamp("newest").toInstant().plus(interval(row).duration());
        return () -> Duration.between(close, clock.instant()).toMillis() / 1000.0;
    }

    private static Interval interval(ResultSet row) throws SQLException {
        return Interval.of(row.getString("interval"));
    }
}
