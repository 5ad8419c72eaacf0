package io.mlpool.serving.market;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.mlpool.features.FeatureSchema;
import io.mlpool.market.CandleStore;
import io.mlpool.market.SeriesKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;

/**
 * The market as it was when candles closed that a caller sends. Markets that were asked for lately are kept, and read again when
 * they are a minute old, by one of those who ask while the others get what is known: the items of a batch mostly share one, and the
 * newest is there even while the database is down.
 */
public final class PastMarkets {

    private static final int KEPT = 32;
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final CandleStore store;
    private final LoadingCache<Moment, Market> markets;

    public PastMarkets(CandleStore store, Clock clock) {
        this.store = store;
        this.markets = Caffeine.newBuilder()
                .maximumSize(KEPT)
                .refreshAfterWrite(FRESH)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build(this::load);
    }

    private record Moment(FeatureSchema schema, Instant asOf) {}

    /** The market at this close time; an empty one when the database does not answer and it was not asked for before. */
    public Market at(FeatureSchema schema, Instant asOf) {
        try {
            return markets.get(new Moment(schema, asOf));
        } catch (DataAccessException e) {
            return new Market(schema, List.of());
        }
    }

    /** Keeps a market that somebody else loaded. */
    public void remember(FeatureSchema schema, Instant asOf, Market market) {
        markets.put(new Moment(schema, asOf), market);
    }

    private Market load(Moment moment) {
        FeatureSchema schema = moment.schema();
        Duration history = schema.interval().duration().multipliedBy(schema.historyBars());
        Instant from = moment.asOf().minus(history);
        return new Market(
                schema,
                store.all(Set.copyOf(schema.market()), SeriesKey.USD, schema.interval(), from, moment.asOf())
                        .values());
    }
}
