package io.mlpool.standalone;

import io.mlpool.features.FeatureFrame;
import io.mlpool.features.FeatureSchema;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.SeriesSummary;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the pool's database holds, asked before and beside the services. */
final class HeldCandles {

    /** Bars in a window of the models that training makes if nobody asks for others. */
    private static final int STEPS = 64;

    /** What training makes models for if nobody asks for others. */
    static final List<String> LEARNED = List.of("5m", "1h", "4h", "1d");

    private final JdbcClient jdbc;
    private final CandleStore store;

    HeldCandles(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.store = new CandleStore(jdbc);
    }

    /** Whether nobody but a replay told a candle, or there is none: then a start without a source replays. */
    boolean noneButReplayed() {
        boolean empty = jdbc.sql("SELECT to_regclass('candle') IS NULL")
                .query(Boolean.class)
                .single();
        return empty
                || jdbc.sql("SELECT NOT EXISTS (SELECT FROM candle WHERE source NOT IN ('replay', 'derived'))")
                        .query(Boolean.class)
                        .single();
    }

    /** Of the intervals that models are made for the one with the most finished candles in dollars. */
    Optional<Count> most() {
        return counts().stream().findFirst();
    }

    /** Of the intervals with at least that many candles one that a forecast can be made from today, else the fullest. */
    Optional<Count> enough(long fewest) {
        List<Count> enough =
                counts().stream().filter(count -> count.candles() >= fewest).toList();
        return enough.stream()
                .filter(count -> ready(count.interval()).findFirst().isPresent())
                .findFirst()
                .or(() -> enough.stream().findFirst());
    }

    /** An asset that a forecast can be made for today, else any with candles of this interval; bitcoin before others. */
    String anAsset(String interval) {
        return ready(interval)
                .findFirst()
                .or(() -> newest(interval).findFirst())
                .orElseThrow()
                .key()
                .asset();
    }

    /** {@link #most} of a pool that another process runs, asked over HTTP. */
    static Optional<Count> mostOf(PoolClient client, String ingestUrl) {
        return client
                .get(ingestUrl + "/coverage?vs_currency=" + SeriesKey.USD)
                .valueStream()
                .filter(series -> LEARNED.contains(series.path("interval").asString()))
                .collect(Collectors.groupingBy(
                        series -> series.path("interval").asString(),
                        Collectors.summingLong(series -> series.path("candles").asLong())))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> new Count(most.getKey(), most.getValue()));
    }

    /** The assets with candles of this interval in dollars. */
    List<String> assets(String interval) {
        return newest(interval).map(series -> series.key().asset()).sorted().toList();
    }

    /** {@link #assets} of a pool that another process runs, asked over HTTP. */
    static List<String> assetsOf(PoolClient client, String ingestUrl, String interval) {
        return client.get(ingestUrl + "/coverage?vs_currency=" + SeriesKey.USD)
                .valueStream()
                .filter(series -> series.path("interval").asString().equals(interval))
                .map(series -> series.path("asset").asString())
                .sorted()
                .toList();
    }

    private List<Count> counts() {
        return jdbc.sql("""
                SELECT s.interval, count(*) AS candles FROM candle c JOIN series s ON s.id = c.series_id
                WHERE c.finished AND s.vs_currency = :vs AND s.interval IN (:learned) GROUP BY s.interval ORDER BY candles DESC, s.interval
                """)
                .param("vs", SeriesKey.USD)
                .param("learned", LEARNED)
                .query((row, n) -> new Count(row.getString("interval"), row.getLong("candles")))
                .list();
    }

    /** Series whose newest candles are consecutive enough for a window. */
    private Stream<SeriesSummary> ready(String interval) {
        FeatureSchema schema = FeatureSchema.price(Interval.of(interval), STEPS, List.of());
        return newest(interval).filter(series -> isReady(series, schema));
    }

    private boolean isReady(SeriesSummary series, FeatureSchema schema) {
        Instant from = series.lastClose().minus(schema.interval().duration().multipliedBy(schema.historyBars()));
        return FeatureFrame.isPossible(schema, store.series(series.key(), from, series.lastClose()));
    }

    private Stream<SeriesSummary> newest(String interval) {
        return store.summaries().stream()
                .filter(series -> series.key().interval().label().equals(interval)
                        && series.key().vsCurrency().equals(SeriesKey.USD))
                .sorted(Comparator.comparing(series -> !series.key().asset().equals("bitcoin")));
    }

    /** Finished candles of an interval over all series. */
    record Count(String interval, long candles) {}
}
