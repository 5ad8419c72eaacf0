package io.mlpool.serving.featurestore;

import io.mlpool.featurestore.Entity;
import io.mlpool.featurestore.FeatureReader.Known;
import io.mlpool.featurestore.FeatureRow;
import io.mlpool.featurestore.FeatureViews;
import io.mlpool.featurestore.PublishedView;
import io.mlpool.featurestore.ViewDefinition;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.CandleStore;
import io.mlpool.market.SeriesKey;
import io.mlpool.serving.featurestore.PendingEvents.Stretch;
import io.mlpool.serving.featurestore.ValueStore.Event;
import io.mlpool.serving.featurestore.ValueStore.NewRow;
import io.mlpool.serving.market.MarketTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the stored values what the candles make of them: takes the changed candles, finds the events that they matter to, computes these
 * again, and adds what came out differently. Whoever calls it, however often and on however many replicas, and whenever one is killed:
 * a stretch of events is taken off in the transaction that wrote its values.
 */
final class Materialisation {

    /** So many series lie in memory at a time. */
    private static final int MOST_SERIES = 100;

    /** Events of a series that are computed at a time. */
    private static final int MOST_EVENTS = 400;

    private static final Duration PAUSE_OF_LOOKS = Duration.ofMinutes(10);

    private final FeatureViews views;
    private final ViewRegister register;
    private final PendingEvents pending;
    private final ValueStore values;
    private final CandleStore candles;
    private final TransactionTemplate transaction;
    private final Duration retention;
    private final ValueWriter writer;
    private final MarketTime time;
    private final Clock clock;
    private volatile Instant looked = Instant.EPOCH;

    Materialisation(
            FeatureStoreProperties properties,
            FeatureViews views,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            FeatureCounts counts,
            MarketTime time,
            Clock clock) {
        this.views = views;
        this.register = new ViewRegister(jdbc, transaction, properties.backfill(), properties.retention());
        this.pending = new PendingEvents(jdbc);
        this.values = new ValueStore(jdbc);
        this.candles = new CandleStore(jdbc);
        this.transaction = transaction;
        this.retention = properties.retention();
        this.time = time;
        this.clock = clock;
        this.writer = new ValueWriter(values, counts, properties.settle(), clock);
    }

    /** Until nothing is left to do, unless it is told to stop between two stretches. */
    void update(BooleanSupplier stopped) {
        Instant now = clock.instant();
        Instant newest = time.now();
        writer.begin();
        Map<PublishedView, Integer> busy = new LinkedHashMap<>();
        views.all().forEach(view -> busy.put(view, register.use(view, now, newest)));
        lookForHistory(now, busy.values());
        do {
            followCandles(newest.minus(retention), stopped);
            busy.entrySet().removeIf(view -> stopped.getAsBoolean() || !step(view.getKey(), view.getValue()));
        } while (!busy.isEmpty());
    }

    /** Whether all candles are of long ago is asked when no more come: the newest one in the middle of an import says nothing. */
    private void lookForHistory(Instant now, Collection<Integer> viewIds) {
        if (pending.hasChanges()) {
            looked = Instant.EPOCH;
        } else if (looked.plus(PAUSE_OF_LOOKS).isBefore(now)) {
            register.beginBefore(time.look(), viewIds);
            looked = now;
        }
    }

    private void followCandles(Instant kept, BooleanSupplier stopped) {
        boolean more = true;
        while (more && !stopped.getAsBoolean()) {
            more = pending.followCandles(clock.instant(), kept);
        }
    }

    /** @return whether there was something to do */
    private boolean step(PublishedView view, int viewId) {
        return Boolean.TRUE.equals(transaction.execute(status -> compute(view, viewId, status)));
    }

    private boolean compute(PublishedView view, int viewId, TransactionStatus status) {
        ViewDefinition definition = view.definition();
        Duration longest = definition.interval().duration().multipliedBy(MOST_EVENTS);
        register.lock(viewId);
        List<Stretch> stretches = pending.take(viewId, MOST_SERIES, longest);
        if (stretches.isEmpty()) {
            return false;
        }
        Instant from = first(stretches.stream().map(one -> one.begin(longest)).toList());
        Instant end = last(stretches.stream().map(Stretch::to).toList());
        Map<SeriesKey, CandleSeries> read = read(definition, stretches, from, end);
        Map<Event, Known> stored =
                values.newest(viewId, stretches.stream().map(Stretch::seriesId).toList(), from, end);
        List<NewRow> changed = new ArrayList<>();
        for (Stretch stretch : stretches) {
            changed.addAll(changed(view, stretch, stretch.begin(longest), read, stored));
        }
        pending.done(viewId, stretches, longest);
        writer.write(view, viewId, changed, stored, status);
        return true;
    }

    private Map<SeriesKey, CandleSeries> read(
            ViewDefinition definition, List<Stretch> stretches, Instant from, Instant end) {
        Set<String> assets = definition.entity() == Entity.MARKET
                ? Set.copyOf(definition.sources())
                : Set.copyOf(stretches.stream().map(Stretch::asset).toList());
        return candles.all(assets, SeriesKey.USD, definition.interval(), from.minus(definition.history()), end);
    }

    private static List<NewRow> changed(
            PublishedView view,
            Stretch stretch,
            Instant begin,
            Map<SeriesKey, CandleSeries> read,
            Map<Event, Known> stored) {
        CandleSeries own =
                read.get(SeriesKey.usd(stretch.asset(), view.definition().interval()));
        boolean ofAsset = view.definition().entity() == Entity.ASSET;
        Collection<CandleSeries> series = !ofAsset ? read.values() : own == null ? List.of() : List.of(own);
        return view.view().rows(series).stream()
                .filter(row ->
                        !row.eventTime().isBefore(begin) && !row.eventTime().isAfter(stretch.to()))
                .filter(row -> isNew(row, stored, stretch.seriesId()))
                .map(row -> new NewRow(stretch.seriesId(), row))
                .toList();
    }

    private static boolean isNew(FeatureRow row, Map<Event, Known> stored, int seriesId) {
        Known known = stored.get(new Event(seriesId, row.eventTime()));
        return known == null || !row.says(known.row().values());
    }

    private static Instant first(List<Instant> times) {
        return times.stream().min(Comparator.naturalOrder()).orElseThrow();
    }

    private static Instant last(List<Instant> times) {
        return times.stream().max(Comparator.naturalOrder()).orElseThrow();
    }
}
