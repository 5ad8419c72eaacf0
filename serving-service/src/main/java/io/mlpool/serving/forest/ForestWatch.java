package io.mlpool.serving.forest;

import io.mlpool.anomaly.AnomalyManifest;
import io.mlpool.anomaly.CandlePoints;
import io.mlpool.anomaly.LockedChanges;
import io.mlpool.anomaly.LockedFigures;
import io.mlpool.anomaly.MarketReturns;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.registry.Alias;
import io.mlpool.serving.live.LiveSlots;
import io.mlpool.serving.live.Slot;
import io.mlpool.serving.market.Slices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has every finished candle scored once by the champion of its interval, in the order of time: reads how far each series was scored, scores what came
 * since, and writes how far it is then together with what was found. Whoever calls it, however often and on however many replicas:
 * what was scored is left alone. A candle that comes late, after one that is newer, is not scored.
 */
final class ForestWatch {

    /** So many assets lie in memory at a time, each with twice {@link #MOST_CANDLES} and what is usual before them, at most. */
    private static final int MOST_ASSETS = 200;

    /** Candles of a series that are scored at a time. */
    private static final int MOST_CANDLES = 1_000;

    /** Candles before the newest that are scored of a series that never was: what happened last week is worth knowing. */
    private static final int FIRST = 168;

    private final JdbcClient jdbc;
    private final CandleStore candles;
    private final LiveSlots<LiveAnomalyModel> live;
    private final FindingStore findings;
    private final TransactionTemplate snapshot;
    private final Duration patience;
    private final Clock clock;

    /**
     * Watches through a database.
     *
     * @param snapshot see {@link io.mlpool.market.Snapshots}
     * @param patience how long candles wait for those of the rest of the market
     */
    ForestWatch(
            JdbcClient jdbc,
            LiveSlots<LiveAnomalyModel> live,
            FindingStore findings,
            TransactionTemplate snapshot,
            Duration patience,
            Clock clock) {
        this.jdbc = jdbc;
        this.candles = new CandleStore(jdbc);
        this.live = live;
        this.findings = findings;
        this.snapshot = snapshot;
        this.patience = patience;
        this.clock = clock;
    }

    /** Once over all series of all champions, unless it is told to stop between some of them. */
    void update(BooleanSupplier stopped) {
        for (LiveAnomalyModel model : live.all()) {
            Slot slot = model.slot();
            if (slot.alias() == Alias.CHAMPION) {
                Optional<Boolean> _ = live.attend(slot, champion -> follow(champion, stopped));
            }
        }
    }

    private boolean follow(LiveAnomalyModel model, BooleanSupplier stopped) {
        Interval interval = model.manifest().candles();
        List<FindingStore.Due> due =
                findings.due(model.slot().model(), interval, clock.instant().minus(patience));
        List<Stretch> stretches =
                due.stream().map(one -> Stretch.of(one, interval)).toList();
        Duration longest = interval.duration().multipliedBy(MOST_CANDLES);
        for (List<Stretch> slice : Slices.of(stretches, Stretch::from, MOST_ASSETS, longest)) {
            if (stopped.getAsBoolean()) {
                return false;
            }
            score(model, slice);
        }
        return true;
    }

    /** @param stretches at least one, the earliest first */
    private void score(LiveAnomalyModel model, List<Stretch> stretches) {
        Instant from = CandlePoints.historyFrom(
                model.manifest().candles(), stretches.getFirst().from());
        Instant to = stretches.stream()
                .map(Stretch::to)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Known known = Objects.requireNonNull(snapshot.execute(status -> known(model.manifest(), stretches, from, to)));
        stretches.forEach(stretch -> score(model, stretch, known));
    }

    /**
     * What is scored of a series at a time.
     *
     * @param before how far it was scored
     * @param from close time after which candles are scored
     * @param to close time until which they are (inclusive)
     */
    private record Stretch(String asset, Instant before, Instant from, Instant to) {

        static Stretch of(FindingStore.Due due, Interval interval) {
            Duration step = interval.duration();
            Instant first = due.newest().minus(step.multipliedBy(FIRST));
            Instant from = due.scoredTo().equals(Instant.EPOCH) ? first : due.scoredTo();
            Instant most = from.plus(step.multipliedBy(MOST_CANDLES));
            return new Stretch(due.asset(), due.scoredTo(), from, due.newest().isBefore(most) ? due.newest() : most);
        }
    }

    private record Known(
            Map<SeriesKey, CandleSeries> series, Map<String, LockedChanges> locked, MarketReturns market) {}

    private Known known(AnomalyManifest manifest, List<Stretch> stretches, Instant from, Instant to) {
        Interval interval = manifest.candles();
        Set<String> assets = stretches.stream().map(Stretch::asset).collect(Collectors.toSet());
        return new Known(
                candles.all(assets, SeriesKey.USD, interval, from, to),
                LockedFigures.changes(jdbc, assets, from, to),
                MarketReturns.of(candles.all(Set.copyOf(manifest.market()), SeriesKey.USD, interval, from, to)
                        .values()));
    }

    private void score(LiveAnomalyModel model, Stretch stretch, Known known) {
        SeriesKey key = SeriesKey.usd(stretch.asset(), model.manifest().candles());
        CandleSeries all = known.series().getOrDefault(key, CandleSeries.of(key, List.of()));
        CandlePoints points = CandlePoints.of(
                until(all, stretch.to()),
                known.market(),
                known.locked().getOrDefault(stretch.asset(), LockedChanges.UNKNOWN));
        String detector = model.slot().model();
        List<Finding> found =
                new CandleScoring(model).findings(points, stretch.from(), findings.last(detector, key, stretch.from()));
        boolean _ = findings.save(detector, model.version().version(), key, stretch.before(), stretch.to(), found);
    }

    private static CandleSeries until(CandleSeries series, Instant close) {
        int end = series.size();
        while (end > 0 && series.closeTime(end - 1).isAfter(close)) {
            end--;
        }
        return series.slice(0, end);
    }
}
