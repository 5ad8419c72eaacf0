package io.mlpool.ingest.timeframes;

import static io.mlpool.market.Interval.FIFTEEN_MINUTES;
import static io.mlpool.market.Interval.FIVE_MINUTES;
import static io.mlpool.market.Interval.FOUR_HOURS;
import static io.mlpool.market.Interval.ONE_DAY;
import static io.mlpool.market.Interval.ONE_HOUR;
import static io.mlpool.market.Interval.ONE_MINUTE;
import static io.mlpool.market.Interval.THIRTY_MINUTES;

import io.mlpool.ingest.loading.LoadedSeries;
import io.mlpool.ingest.loading.Markets;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Derives 5m from 1m, 1h from 5m, 15m or 30m, 4h from 1h and 1d from 4h: only complete periods of finished candles, only
 * where the shorter ones changed, and never over a finished candle that a source told itself.
 */
public final class Timeframes {

    private static final Map<Interval, Interval> NEXT = Map.of(
            ONE_MINUTE, FIVE_MINUTES,
            FIVE_MINUTES, ONE_HOUR,
            FIFTEEN_MINUTES, ONE_HOUR,
            THIRTY_MINUTES, ONE_HOUR,
            ONE_HOUR, FOUR_HOURS,
            FOUR_HOURS, ONE_DAY);

    private final JdbcClient jdbc;
    private final Markets markets;

    public Timeframes(JdbcClient jdbc) {
        this.jdbc = jdbc;
        markets = new Markets(jdbc);
    }

    /**
     * Derives what follows from the series that were written, within the running transaction.
     *
     * @return the derived series that changed
     */
    public List<LoadedSeries> derive(List<LoadedSeries> loaded, Instant ingestedAt) {
        List<LoadedSeries> derived = new ArrayList<>();
        for (LoadedSeries series : loaded) {
            Optional<LoadedSeries> longer = longerThan(series, ingestedAt);
            while (longer.isPresent()) {
                derived.add(longer.get());
                longer = longerThan(longer.get(), ingestedAt);
            }
        }
        return derived;
    }

    private Optional<LoadedSeries> longerThan(LoadedSeries series, Instant ingestedAt) {
        Interval interval = NEXT.get(series.key().interval());
        if (interval == null || series.written() == 0) {
            return Optional.empty();
        }
        return Optional.of(derive(series, interval, ingestedAt)).filter(longer -> longer.written() > 0);
    }

    private LoadedSeries derive(LoadedSeries from, Interval interval, Instant ingestedAt) {
        SeriesKey key = new SeriesKey(from.key().asset(), from.key().vsCurrency(), interval);
        Instant firstOpen = interval.floor(from.firstOpen());
        Instant lastOpen = interval.floor(from.lastOpen());
        int seriesId = markets.seriesId(key);
        Written written = jdbc.sql("""
                WITH written AS (
                  INSERT INTO candle AS held (series_id, open_time, open, high, low, close, volume, volume_kind, flags,
                      finished, source, ingested_at)
                  SELECT :to, bucket,
                    max(open) FILTER (WHERE open_time = bucket), max(high), min(low),
                    max(close) FILTER (WHERE open_time = bucket + :step - :part),
                    CASE WHEN bool_and(volume_kind = 1) THEN sum(volume)
                         WHEN bool_and(volume_kind = 2)
                           THEN max(volume) FILTER (WHERE open_time = bucket + :step - :part)
                         ELSE 0 END,
                    CASE WHEN min(volume_kind) = max(volume_kind) THEN min(volume_kind) ELSE 0 END,
                    (bit_or(flags) & 3) | (bit_and(flags) & 4), true, 'derived', :now
                  FROM (SELECT date_bin(:step, open_time, 'epoch'::timestamptz) AS bucket, *
                        FROM candle
                        WHERE series_id = :from AND finished AND open_time >= :first AND open_time < :last + :step) part
                  GROUP BY bucket HAVING count(*) = :count
                  ON CONFLICT (series_id, open_time) DO UPDATE SET
                    open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
                    volume = excluded.volume, volume_kind = excluded.volume_kind, flags = excluded.flags,
                    finished = true, source = 'derived'
                  WHERE (held.source = 'derived' OR NOT held.finished)
                    AND (held.open, held.high, held.low, held.close, held.volume, held.volume_kind, held.flags, held.finished)
                        IS DISTINCT FROM (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume,
                                          excluded.volume_kind, excluded.flags, true)
                  RETURNING old.series_id IS NULL AS added, new.open_time)
                SELECT count(*) FILTER (WHERE added) AS added, count(*) FILTER (WHERE NOT added) AS replaced,
                  min(open_time) AS first_open, max(open_time) AS last_open FROM written
                """.replace(":step", "interval '%d seconds'".formatted(interval.seconds())).replace(
                        ":part",
                        "interval '%d seconds'".formatted(from.key().interval().seconds())))
                .param("to", seriesId)
                .param("from", from.seriesId())
                .param("first", firstOpen.atOffset(ZoneOffset.UTC))
                .param("last", lastOpen.atOffset(ZoneOffset.UTC))
                .param("count", interval.seconds() / from.key().interval().seconds())
                .param("now", ingestedAt.atOffset(ZoneOffset.UTC))
                .query(Written.class)
                .single();
        return new LoadedSeries(
                key,
                seriesId,
                "derived",
                firstOpen,
                lastOpen,
                written.added + written.replaced,
                written.added,
                written.replaced,
                0);
    }

    private record Written(long added, long replaced) {}
}
