package io.mlpool.serving.market;

import io.mlpool.features.FeatureSchema;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.dao.DataAccessException;

/**
 * The market as it was when candles closed that a caller sends. Markets that were asked for lately are kept for a minute: the
 * items of a batch mostly share one, and the newest is there even while the database is down.
 */
public final class PastMarkets {

    private static final int KEPT = 32;
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final CandleStore store;
    private final Clock clock;
    private final Map<Moment, Known> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

    public PastMarkets(CandleStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Moment(List<String> market, Interval interval, Instant asOf) {}

    private record Known(Market market, Instant since) {}

    /** The market at this close time; an empty one when the database does not answer and it was not asked for before. */
    public Market at(FeatureSchema schema, Instant asOf) {
        Moment moment = new Moment(schema.market(), schema.interval(), asOf);
        synchronized (kept) {
            Known known = kept.get(moment);
            if (known != null && clock.instant().isBefore(known.since().plus(FRESH))) {
                return known.market();
            }
        }
        try {
            Market market = load(schema, asOf);
            remember(moment, market);
            return market;
        } catch (DataAccessException e) {
            return lastKnown(schema, moment);
        }
    }

    /** Keeps a market that somebody else loaded. */
    public void remember(FeatureSchema schema, Instant asOf, Market market) {
        remember(new Moment(schema.market(), schema.interval(), asOf), market);
    }

    private Market load(FeatureSchema schema, Instant asOf) {
        Duration history = schema.interval().duration().multipliedBy(schema.historyBars());
        return new Market(
                schema,
                store.all(Set.copyOf(schema.market()), SeriesKey.USD, schema.interval(), asOf.minus(history), asOf)
                        .values());
    }

    private Market lastKnown(FeatureSchema schema, Moment moment) {
        synchronized (kept) {
            Known known = kept.get(moment);
            return known == null ? new Market(schema, List.of()) : known.market();
        }
    }

    private void remember(Moment moment, Market market) {
        synchronized (kept) {
            kept.put(moment, new Known(market, clock.instant()));
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }
}
