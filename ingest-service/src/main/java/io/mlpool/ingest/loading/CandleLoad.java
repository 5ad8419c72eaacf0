package io.mlpool.ingest.loading;

import io.mlpool.ingest.cleaning.CleanCandle;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts the candles of one payload into PostgreSQL within the caller's transaction, one series after the other. Whatever the number of
 * candles, the client holds one buffer. Other loads of the same assets wait until the transaction ends.
 */
public final class CandleLoad implements AutoCloseable {

    private final JdbcClient jdbc;
    private final Connection connection;
    private final Instant ingestedAt;
    private final Markets markets;
    private final List<LoadedSeries> loaded = new ArrayList<>();
    private @Nullable SeriesLoad current;

    CandleLoad(JdbcClient jdbc, Connection connection, Instant ingestedAt) {
        this.jdbc = jdbc;
        this.connection = connection;
        this.ingestedAt = ingestedAt;
        markets = new Markets(jdbc);
    }

    /** Loads one candle; those of a series and venue come together and in time order, each open time once. */
    public void add(CleanCandle clean) {
        SeriesLoad series = current;
        if (series == null || !series.holds(clean)) {
            endOfSeries();
            int id = markets.lockAndName(clean.key());
            series = SeriesLoad.begin(jdbc, connection, id, clean, ingestedAt);
            current = series;
        }
        series.add(clean.candle());
    }

    /** What became of all that was added. */
    public List<LoadedSeries> finish() {
        endOfSeries();
        return List.copyOf(loaded);
    }

    /** Gives up what was not finished. */
    @Override
    public void close() {
        if (current != null) {
            current.close();
        }
    }

    private void endOfSeries() {
        if (current != null) {
            loaded.add(current.end());
            current = null;
        }
    }
}
