package io.mlpool.market;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads candles from PostgreSQL. All times are open times in UTC, {@code from} inclusive, {@code to} exclusive. */
public final class CandleStore {

    private static final int FETCH_SIZE = 10_000;

    private final JdbcClient jdbc;

    public CandleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every series that has a finished candle, ordered by asset, currency and interval. */
    public List<SeriesSummary> summaries() {
        return jdbc.sql("""
                SELECT s.asset, s.vs_currency, s.interval, first.open_time AS first_open, last.open_time AS last_open
                FROM series s
                CROSS JOIN LATERAL (SELECT open_time FROM candle WHERE series_id = s.id AND finished ORDER BY open_time LIMIT 1) first
                CROSS JOIN LATERAL (SELECT open_time FROM candle WHERE series_id = s.id AND finished ORDER BY open_time DESC LIMIT 1) last
                ORDER BY s.asset, s.vs_currency, s.interval
                """)
                .query((row, n) -> new SeriesSummary(key(row), instant(row, "first_open"), instant(row, "last_open")))
                .list();
    }

    /**
     * The same for some of the assets, in the order of their characters.
     *
     * @param after asset that comes before them, empty for the first ones
     * @param assets how many at most
     */
    public List<SeriesSummary> summaries(String after, int assets) {
        return jdbc.sql("""
                SELECT s.asset, s.vs_currency, s.interval, first.open_time AS first_open, last.open_time AS last_open
                FROM (
                  SELECT id FROM asset a
                  WHERE id COLLATE "C" > :after AND EXISTS (
                    SELECT FROM series JOIN candle ON series_id = series.id WHERE series.asset = a.id AND finished)
                  ORDER BY id COLLATE "C" LIMIT :assets) page
                JOIN series s ON s.asset = page.id
                CROSS JOIN LATERAL (SELECT open_time FROM candle WHERE series_id = s.id AND finished ORDER BY open_time LIMIT 1) first
                CROSS JOIN LATERAL (SELECT open_time FROM candle WHERE series_id = s.id AND finished ORDER BY open_time DESC LIMIT 1) last
                ORDER BY s.asset COLLATE "C", s.vs_currency, s.interval
                """)
                .param("after", after)
                .param("assets", assets)
                .query((row, n) -> new SeriesSummary(key(row), instant(row, "first_open"), instant(row, "last_open")))
                .list();
    }

    /** Open time of the newest finished candle. */
    public Optional<Instant> newest(SeriesKey key) {
        return jdbc.sql("""
                SELECT max(c.open_time) AS newest FROM candle c JOIN series s ON s.id = c.series_id
                WHERE s.asset = :asset AND s.vs_currency = :vs AND s.interval = :interval AND c.finished
                """)
                .params(named(key))
                .query((row, n) ->
                        Optional.ofNullable(row.getTimestamp("newest")).map(java.sql.Timestamp::toInstant))
                .single();
    }

    /** The candles with their ranges, flags and unfinished ones, oldest first. */
    public List<Candle> candles(SeriesKey key, Instant from, Instant to, int limit) {
        return jdbc.sql("""
                SELECT * FROM (
                  SELECT c.* FROM candle c JOIN series s ON s.id = c.series_id
                  WHERE s.asset = :asset AND s.vs_currency = :vs AND s.interval = :interval
                    AND c.open_time >= :from AND c.open_time < :to
                  ORDER BY c.open_time DESC LIMIT :limit) newest
                ORDER BY open_time
                """)
                .params(named(key))
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query(candleMapper(key.interval()))
                .list();
    }

    /** The finished candles of one series. */
    public CandleSeries series(SeriesKey key, Instant from, Instant to) {
        return all(Set.of(key.asset()), key.vsCurrency(), key.interval(), from, to)
                .getOrDefault(key, CandleSeries.of(key, List.of()));
    }

    /** The finished candles of many assets in one query; an asset without candles is absent. */
    public Map<SeriesKey, CandleSeries> all(
            Set<String> assets, String vsCurrency, Interval interval, Instant from, Instant to) {
        Map<SeriesKey, CandleSeries.Builder> builders = new HashMap<>();
        jdbc.sql("""
                SELECT s.asset, extract(epoch FROM c.open_time)::bigint AS open_second, c.high, c.low, c.close,
                  c.volume, c.volume_kind, c.flags
                FROM candle c JOIN series s ON s.id = c.series_id
                WHERE s.asset = ANY(:assets) AND s.vs_currency = :vs AND s.interval = :interval AND c.finished
                  AND c.open_time >= :from AND c.open_time < :to
                ORDER BY c.series_id, c.open_time
                """)
                .withFetchSize(FETCH_SIZE)
                .param("assets", assets.toArray(String[]::new))
                .param("vs", vsCurrency)
                .param("interval", interval.label())
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .query((ResultSet row) -> {
                    SeriesKey key = new SeriesKey(row.getString(1), vsCurrency, interval);
                    builders.computeIfAbsent(key, k -> new CandleSeries.Builder(k, 1024))
                            .add(row.getLong(2), high(row), row.getDouble("low"), row.getDouble("close"), volume(row));
                });
        Map<SeriesKey, CandleSeries> series = new HashMap<>();
        builders.forEach((key, builder) -> series.put(key, builder.build()));
        return series;
    }

    private static RowMapper<Candle> candleMapper(Interval interval) {
        return (row, n) -> new Candle(
                interval,
                instant(row, "open_time"),
                row.getDouble("open"),
                row.getDouble("high"),
                row.getDouble("low"),
                row.getDouble("close"),
                volume(row),
                row.getBoolean("finished"),
                flags(row.getInt("flags")));
    }

    /** NaN where the source knows closes only. */
    private static double high(ResultSet row) throws SQLException {
        return (row.getInt("flags") & CandleFlag.CLOSE_ONLY.bit()) == 0 ? row.getDouble("high") : Double.NaN;
    }

    private static Volume volume(ResultSet row) throws SQLException {
        return new Volume(row.getDouble("volume"), Volume.Kind.of(row.getInt("volume_kind")));
    }

    private static Set<CandleFlag> flags(int bits) {
        EnumSet<CandleFlag> flags = EnumSet.allOf(CandleFlag.class);
        flags.removeIf(flag -> (bits & flag.bit()) == 0);
        return flags;
    }

    private static SeriesKey key(ResultSet row) throws SQLException {
        return new SeriesKey(
                row.getString("asset"), row.getString("vs_currency"), Interval.of(row.getString("interval")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static Map<String, Object> named(SeriesKey key) {
        return Map.of(
                "asset",
                key.asset(),
                "vs",
                key.vsCurrency(),
                "interval",
                key.interval().label());
    }
}
