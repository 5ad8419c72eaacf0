package io.mlpool.ingest.loading;

import io.mlpool.ingest.cleaning.CleanCandle;
import io.mlpool.market.Candle;
import io.mlpool.market.CandleFlag;
import io.mlpool.market.SeriesKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts the candles of one payload into PostgreSQL within the caller's transaction: rows stream into a staging table, then one
 * upsert per venue moves them. Whatever the number of candles, the client holds one buffer.
 */
public final class CandleLoad implements AutoCloseable {

    private static final String COPY = """
            COPY staged_candle (series_no, open_time, open, high, low, close, volume, volume_kind, flags, finished)
            FROM STDIN (FORMAT binary)
            """;

    private final JdbcClient jdbc;
    private final Markets markets;
    private final BinaryCopy copy;
    private final Map<StagedName, StagedSeries> staged = new HashMap<>();
    private @Nullable StagedSeries current;

    private CandleLoad(JdbcClient jdbc, Markets markets, BinaryCopy copy) {
        this.jdbc = jdbc;
        this.markets = markets;
        this.copy = copy;
    }

    /** Begins a load on the connection of the running transaction, which is busy with it until {@link #finish}. */
    static CandleLoad begin(JdbcClient jdbc, Markets markets, Connection connection) {
        jdbc.sql("""
                CREATE TEMP TABLE staged_candle (
                  series_no integer, open_time timestamptz, open float8, high float8, low float8, close float8,
                  volume float8, volume_kind smallint, flags smallint, finished boolean) ON COMMIT DROP
                """).update();
        try {
            return new CandleLoad(jdbc, markets, new BinaryCopy(connection, COPY));
        } catch (SQLException e) {
            throw new UncategorizedSQLException("begin of COPY", COPY, e);
        }
    }

    /** Stages one candle; those of a series and venue come in time order, each open time once. */
    public void add(CleanCandle clean) {
        StagedSeries series = seriesOf(clean);
        series.count(clean);
        Candle candle = clean.candle();
        try {
            copy.row(10)
                    .int4(series.number)
                    .timestamptz(candle.openTime().getEpochSecond() * 1_000_000)
                    .float8(candle.open())
                    .float8(candle.high())
                    .float8(candle.low())
                    .float8(candle.close())
                    .float8(candle.volume().amount())
                    .int2(candle.volume().kind().code())
                    .int2(candle.flags().stream().mapToInt(CandleFlag::bit).sum())
                    .bool(candle.finished());
        } catch (SQLException e) {
            throw new UncategorizedSQLException("COPY", COPY, e);
        }
    }

    /**
     * Moves what was staged into the candle table. Other loads of the same assets wait from here to the end of the transaction.
     *
     * @param ingestedAt kept with candles that are new
     */
    public List<LoadedSeries> finish(Instant ingestedAt) {
        try {
            copy.end();
        } catch (SQLException e) {
            throw new UncategorizedSQLException("end of COPY", COPY, e);
        }
        List<StagedSeries> series = List.copyOf(staged.values());
        Map<SeriesKey, Integer> ids =
                markets.lockAndName(series.stream().map(s -> s.key).toList());
        List<LoadedSeries> loaded = new ArrayList<>();
        for (StagedSeries one : series) {
            loaded.add(upsert(one, Objects.requireNonNull(ids.get(one.key)), ingestedAt));
        }
        return loaded;
    }

    @Override
    public void close() {
        try {
            copy.close();
        } catch (SQLException e) {
            throw new UncategorizedSQLException("cancel of COPY", COPY, e);
        }
    }

    private StagedSeries seriesOf(CleanCandle candle) {
        if (current == null || !current.holds(candle)) {
            current = staged.computeIfAbsent(
                    new StagedName(candle.key(), candle.venue()), name -> new StagedSeries(staged.size(), candle));
        }
        return current;
    }

    private LoadedSeries upsert(StagedSeries series, int seriesId, Instant ingestedAt) {
        if (series.opensWithCloseOnly) {
            openAtCloseBefore(series, seriesId);
        }
        Written written = jdbc.sql("""
                WITH written AS (
                  INSERT INTO candle AS held (series_id, open_time, open, high, low, close, volume, volume_kind, flags,
                      finished, source, ingested_at)
                  SELECT :id, open_time, open, high, low, close, volume, volume_kind, flags, finished, :venue, :now
                  FROM staged_candle WHERE series_no = :no
                  ON CONFLICT (series_id, open_time) DO UPDATE SET
                    open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
                    volume = excluded.volume, volume_kind = excluded.volume_kind, flags = excluded.flags,
                    finished = excluded.finished, source = excluded.source
                  WHERE (excluded.finished OR NOT held.finished)
                    AND (NOT held.finished OR held.source IN (excluded.source, 'derived')
                         OR (held.flags & 1 = 1 AND excluded.flags & 1 = 0))
                    AND (held.open, held.high, held.low, held.close, held.volume, held.volume_kind, held.flags, held.finished, held.source)
                        IS DISTINCT FROM (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume,
                                          excluded.volume_kind, excluded.flags, excluded.finished, excluded.source)
                  RETURNING old.series_id IS NULL AS added)
                SELECT count(*) FILTER (WHERE added) AS added, count(*) FILTER (WHERE NOT added) AS replaced FROM written
                """)
                .param("id", seriesId)
                .param("venue", series.venue)
                .param("now", ingestedAt.atOffset(ZoneOffset.UTC))
                .param("no", series.number)
                .query(Written.class)
                .single();
        return loaded(series, seriesId, written);
    }

    /** A close-only candle opens at the close before; for the first of a payload that one is in PostgreSQL. */
    private void openAtCloseBefore(StagedSeries series, int seriesId) {
        Instant before = series.firstOpen.minus(series.key.interval().duration());
        jdbc.sql("""
                UPDATE staged_candle s
                SET open = before.close, high = greatest(s.high, before.close), low = least(s.low, before.close)
                FROM candle before
                WHERE s.series_no = :no AND s.open_time = :first
                  AND before.series_id = :id AND before.open_time = :before AND before.finished
                """)
                .param("no", series.number)
                .param("first", series.firstOpen.atOffset(ZoneOffset.UTC))
                .param("id", seriesId)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }

    private LoadedSeries loaded(StagedSeries series, int seriesId, Written written) {
        long rest = series.candles - written.added - written.replaced;
        return new LoadedSeries(
                series.key,
                seriesId,
                series.venue,
                series.firstOpen,
                series.lastOpen,
                series.candles,
                written.added,
                written.replaced,
                rest == 0 ? 0 : heldByOtherVenue(series, seriesId));
    }

    private long heldByOtherVenue(StagedSeries series, int seriesId) {
        return jdbc.sql("""
                SELECT count(*) FROM staged_candle s JOIN candle c ON c.series_id = :id AND c.open_time = s.open_time
                WHERE s.series_no = :no AND c.source <> :venue
                """)
                .param("id", seriesId)
                .param("no", series.number)
                .param("venue", series.venue)
                .query(Long.class)
                .single();
    }

    private record StagedName(SeriesKey key, String venue) {}

    private record Written(long added, long replaced) {}
}
