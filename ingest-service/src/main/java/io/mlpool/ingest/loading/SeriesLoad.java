package io.mlpool.ingest.loading;

import io.mlpool.ingest.cleaning.CleanCandle;
import io.mlpool.market.Candle;
import io.mlpool.market.CandleFlag;
import io.mlpool.market.SeriesKey;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Loads the candles of one series and venue. Where the series ends before they begin they are copied right behind it; else they are
 * copied into a staging table and moved by one upsert.
 */
final class SeriesLoad implements AutoCloseable {

    private static final String CANDLES = "candle";
    private static final String STAGED = "staged_candle";

    private final JdbcClient jdbc;
    private final int seriesId;
    private final SeriesKey key;
    private final String venue;
    private final byte[] venueBytes;
    private final long ingestedMicros;
    private final boolean appends;
    private final Instant firstOpen;
    private final double closeBefore;
    private final BinaryCopy copy;
    private Instant lastOpen;
    private long candles;

    private SeriesLoad(JdbcClient jdbc, Connection connection, int seriesId, CleanCandle first, Instant ingestedAt) {
        this.jdbc = jdbc;
        this.seriesId = seriesId;
        key = first.key();
        venue = first.venue();
        venueBytes = venue.getBytes(StandardCharsets.UTF_8);
        ingestedMicros = ingestedAt.getEpochSecond() * 1_000_000 + ingestedAt.getNano() / 1000;
        firstOpen = first.candle().openTime();
        lastOpen = firstOpen;
        appends = endsBefore(firstOpen);
        closeBefore = closeBefore(first.candle());
        if (!appends) {
            jdbc.sql("CREATE TEMP TABLE IF NOT EXISTS staged_candle (LIKE candle) ON COMMIT DROP")
                    .update();
        }
        copy = new BinaryCopy(connection, appends ? CANDLES : STAGED);
    }

    /** Begins on the connection of the running transaction, which is busy with it until {@link #end}. */
    static SeriesLoad begin(
            JdbcClient jdbc, Connection connection, int seriesId, CleanCandle first, Instant ingestedAt) {
        return new SeriesLoad(jdbc, connection, seriesId, first, ingestedAt);
    }

    boolean holds(CleanCandle candle) {
        return key.equals(candle.key()) && venue.equals(candle.venue());
    }

    void add(Candle candle) {
        double open = candles == 0 && closeBefore > 0 ? closeBefore : candle.open();
        lastOpen = candle.openTime();
        candles++;
        copy.row(12)
                .int4(seriesId)
                .timestamptz(lastOpen.getEpochSecond() * 1_000_000)
                .float8(open)
                .float8(Math.max(open, candle.high()))
                .float8(Math.min(open, candle.low()))
                .float8(candle.close())
                .float8(candle.volume().amount())
                .int2(candle.volume().kind().code())
                .int2(bits(candle))
                .bool(candle.finished())
                .text(venueBytes)
                .timestamptz(ingestedMicros);
    }

    LoadedSeries end() {
        copy.end();
        if (appends) {
            return loaded(candles, 0, 0);
        }
        Written written = upsert();
        long rest = candles - written.added - written.replaced;
        LoadedSeries loaded = loaded(written.added, written.replaced, rest == 0 ? 0 : heldByOtherVenue());
        jdbc.sql("TRUNCATE staged_candle").update();
        return loaded;
    }

    @Override
    public void close() {
        copy.close();
    }

    private boolean endsBefore(Instant time) {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM candle WHERE series_id = :id AND open_time >= :time)")
                .param("id", seriesId)
                .param("time", time.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** A close-only candle opens at the close before; for the first of a payload that one is in PostgreSQL. */
    private double closeBefore(Candle first) {
        if (!first.flags().contains(CandleFlag.CLOSE_ONLY)) {
            return Double.NaN;
        }
        return jdbc.sql("SELECT close FROM candle WHERE series_id = :id AND open_time = :before AND finished")
                .param("id", seriesId)
                .param(
                        "before",
                        first.openTime().minus(key.interval().duration()).atOffset(ZoneOffset.UTC))
                .query(Double.class)
                .optional()
                .orElse(Double.NaN);
    }

    /**
     * A finished candle is replaced by its own venue, replaces an unfinished or derived one, and replaces another venue's only where that
     * one knows but the close. Rows that say the same are not written again.
     */
    private Written upsert() {
        return jdbc.sql("""
                WITH written AS (
                  INSERT INTO candle AS held SELECT * FROM staged_candle
                  ON CONFLICT (series_id, open_time) DO UPDATE SET
                    open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
                    volume = excluded.volume, volume_kind = excluded.volume_kind, flags = excluded.flags,
                    finished = excluded.finished, source = excluded.source
                  WHERE (excluded.finished OR NOT held.finished)
                    AND (NOT held.finished OR held.source IN (excluded.source, 'derived')
                         OR (held.flags & 1 = 1 AND excluded.flags & 1 = 0))
                    AND (held.open, held.high, held.low, held.close, held.volume, held.volume_kind, held.flags,
                         held.finished, held.source)
                        IS DISTINCT FROM (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume,
                                          excluded.volume_kind, excluded.flags, excluded.finished, excluded.source)
                  RETURNING old.series_id IS NULL AS added)
                SELECT count(*) FILTER (WHERE added) AS added, count(*) FILTER (WHERE NOT added) AS replaced FROM written
                """).query(Written.class).single();
    }

    private long heldByOtherVenue() {
        return jdbc.sql("""
                SELECT count(*) FROM staged_candle s JOIN candle c USING (series_id, open_time)
                WHERE c.source <> s.source
                """).query(Long.class).single();
    }

    private LoadedSeries loaded(long added, long replaced, long keptFromOtherVenue) {
        return new LoadedSeries(
                key, seriesId, venue, firstOpen, lastOpen, candles, added, replaced, keptFromOtherVenue);
    }

    private static int bits(Candle candle) {
        int bits = 0;
        for (CandleFlag flag : candle.flags()) {
            bits |= flag.bit();
        }
        return bits;
    }

    private record Written(long added, long replaced) {}
}
