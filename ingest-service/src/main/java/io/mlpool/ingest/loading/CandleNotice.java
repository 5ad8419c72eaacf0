package io.mlpool.ingest.loading;

import io.mlpool.market.SeriesKey;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells whoever LISTENs on channel {@code candles} that a series has new candles; PostgreSQL delivers it when the transaction
 * commits and not at all when it does not. The payload is
 * <pre>{@code {"asset":"bitcoin","vs_currency":"usd","interval":"1h","last_close":"2026-11-21T05:00:00Z"}}</pre>
 */
public final class CandleNotice {

    /** The channel to LISTEN on. */
    public static final String CHANNEL = "candles";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private final JdbcClient jdbc;

    public CandleNotice(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One notice for each of the series that changed. */
    public void send(List<LoadedSeries> loaded) {
        loaded.stream().filter(series -> series.written() > 0).forEach(this::send);
    }

    private void send(LoadedSeries series) {
        SeriesKey key = series.key();
        Notice notice = new Notice(
                key.asset(),
                key.vsCurrency(),
                key.interval().label(),
                series.lastOpen().plus(key.interval().duration()));
        jdbc.sql("SELECT pg_notify(:channel, :notice)")
                .param("channel", CHANNEL)
                .param("notice", JSON.writeValueAsString(notice))
                .query(rows -> {});
    }

    private record Notice(String asset, String vsCurrency, String interval, Instant lastClose) {}
}
