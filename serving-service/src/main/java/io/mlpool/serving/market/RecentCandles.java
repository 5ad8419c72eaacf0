package io.mlpool.serving.market;

import io.mlpool.market.CandleFlag;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The newest finished candles of many assets at once, all in US dollars. */
public final class RecentCandles {

    private final JdbcClient jdbc;
    private final Map<Interval, Instant> newest = new ConcurrentHashMap<>();

    public RecentCandles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The newest candles of an asset.
     *
     * @param extreme whether the newest one is flagged as an extreme move
     */
    public record Recent(CandleSeries series, boolean extreme) {}

    /** When the newest finished candle of each asset closed. */
    public Map<String, Instant> newestCloses(Interval interval) {
        Map<String, Instant> closes = new HashMap<>();
        jdbc.sql("""
                SELECT s.asset, newest.open_time
                FROM series s
                CROSS JOIN LATERAL (
                  SELECT open_time FROM candle WHERE series_id = s.id AND finished ORDER BY open_time DESC LIMIT 1) newest
                WHERE s.vs_currency = :vs AND s.interval = :interval
                """)
                .param("vs", SeriesKey.USD)
                .param("interval", interval.label())
                .query(row -> {
                    Instant open = row.getTimestamp(2).toInstant();
                    closes.put(row.getString(1), open.plus(interval.duration()));
                });
        closes.values().forEach(close -> note(interval, close));
        return closes;
    }

    /** The latest that {@link #newestCloses} or {@link #findNewestClose} ever told, whatever the interval. */
    Optional<Instant> newestClose() {
        return newest.values().stream().max(Comparator.naturalOrder());
    }

    /** The same of candles of one interval. */
    Optional<Instant> newestClose(Interval interval) {
        return Optional.ofNullable(newest.get(interval));
    }

    /** When the newest finished candle of all closed, whatever the interval; empty when there is none. */
    Optional<Instant> findNewestClose() {
        jdbc.sql("""
                SELECT s.interval, max(newest.open_time)
                FROM series s
                CROSS JOIN LATERAL (
                  SELECT open_time FROM candle WHERE series_id = s.id AND finished ORDER BY open_time DESC LIMIT 1) newest
                WHERE s.vs_currency = :vs
                GROUP BY s.interval
                """).param("vs", SeriesKey.USD).query(row -> {
            Instant open = row.getTimestamp(2).toInstant();
            Interval interval = Interval.of(row.getString(1));
            note(interval, open.plus(interval.duration()));
        });
        return newestClose();
    }

    private void note(Interval interval, Instant close) {
        newest.merge(interval, close, (one, other) -> other.isAfter(one) ? other : one);
    }

    /**
     * The newest candles of these assets in one query; an asset without candles is absent.
     *
     * @param bars how many of each at most
     */
    public Map<String, Recent> newest(Collection<String> assets, Interval interval, int bars) {
        Map<String, CandleSeries.Builder> builders = new HashMap<>();
        Map<String, Integer> flags = new HashMap<>();
        jdbc.sql("""
                SELECT s.asset, extract(epoch FROM c.open_time)::bigint, c.close, c.volume, c.volume_kind, c.flags,
                  CASE WHEN c.flags & :close_only = 0 THEN c.high ELSE 'NaN' END, c.low
                FROM series s
                CROSS JOIN LATERAL (
                  SELECT * FROM candle WHERE series_id = s.id AND finished ORDER BY open_time DESC LIMIT :bars) c
                WHERE s.vs_currency = :vs AND s.interval = :interval AND s.asset = ANY(:assets)
                ORDER BY s.asset, c.open_time
                """)
                .param("vs", SeriesKey.USD)
                .param("interval", interval.label())
                .param("bars", bars)
                .param("close_only", CandleFlag.CLOSE_ONLY.bit())
                .param("assets", assets.toArray(String[]::new))
                .query(row -> {
                    String asset = row.getString(1);
                    Volume volume = new Volume(row.getDouble(4), Volume.Kind.of(row.getInt(5)));
                    builders.computeIfAbsent(asset, id -> new CandleSeries.Builder(SeriesKey.usd(id, interval), bars))
                            .add(row.getLong(2), row.getDouble(7), row.getDouble(8), row.getDouble(3), volume);
                    flags.put(asset, row.getInt(6));
                });
        Map<String, Recent> recent = new HashMap<>();
        builders.forEach((asset, builder) -> recent.put(
                asset,
                new Recent(builder.build(), (flags.getOrDefault(asset, 0) & CandleFlag.EXTREME_MOVE.bit()) != 0)));
        return recent;
    }
}
