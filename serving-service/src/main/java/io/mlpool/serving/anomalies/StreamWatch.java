package io.mlpool.serving.anomalies;

import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.serving.anomaly.DetectorSettings;
import io.mlpool.serving.anomaly.Finding;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shows every finished candle to the detector of its series, once and in the order of time: reads where the detector stands, shows it
 * what came since, and writes where it stands then together with what it found. A new detector learns from the candles before. Only
 * one detector at a time lies in memory. Whoever calls it, however often and on however many replicas: what was seen is left alone.
 */
final class StreamWatch {

    /** Candles of a series that are read at once, new or old. */
    private static final int MOST_CANDLES = 2_000;

    private final JdbcClient jdbc;
    private final WatchedCandles candles;
    private final LockedChanges locked;
    private final DetectorStore detectors;
    private final WatchCounts counts;
    private final WatchProperties properties;
    private final Clock clock;

    StreamWatch(JdbcClient jdbc, DetectorStore detectors, WatchCounts counts, WatchProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.candles = new WatchedCandles(jdbc);
        this.locked = new LockedChanges(jdbc);
        this.detectors = detectors;
        this.counts = counts;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Once over all series, unless it is told to stop between two of them. A detector that cannot be read does not keep the others from
     * their candles, its trouble is thrown at the end.
     */
    void update(BooleanSupplier stopped) {
        List<RuntimeException> troubles = properties.watched().stream()
                .flatMap(interval -> update(interval, stopped).stream())
                .toList();
        if (!troubles.isEmpty()) {
            throw troubles.getFirst();
        }
    }

    private List<RuntimeException> update(Interval interval, BooleanSupplier stopped) {
        Instant until = clock.instant().minus(properties.patience()).minus(interval.duration());
        MarketReturns market = new MarketReturns(jdbc, interval);
        List<RuntimeException> troubles = new ArrayList<>();
        for (String asset : candles.due(interval, until)) {
            if (stopped.getAsBoolean()) {
                break;
            }
            try {
                follow(SeriesKey.usd(asset, interval), until, market);
            } catch (RuntimeException e) {
                troubles.add(e);
            }
        }
        return troubles;
    }

    private void follow(SeriesKey key, Instant until, MarketReturns market) {
        DetectorSettings settings = properties.detector(key.interval());
        Optional<Watched.Stored> stored = detectors.find(key);
        Optional<Watched.Stored> same = stored.filter(one -> one.settings().equals(settings.toString()));
        @Nullable Instant scoredTo = stored.map(Watched.Stored::scoredTo).orElse(null);
        List<WatchedCandle> shown = same.isPresent()
                ? candles.next(
                        key.asset(),
                        key.interval(),
                        same.get().scoredTo().minus(key.interval().duration()),
                        until,
                        MOST_CANDLES)
                : candles.newest(key.asset(), key.interval(), until, properties.history() + 1);
        if (shown.isEmpty()) {
            return;
        }
        Watched watched = same.map(one -> Watched.of(settings, one)).orElseGet(() -> Watched.fresh(settings));
        Instant seenTo = same.map(Watched.Stored::scoredTo).orElse(Instant.MIN);
        Instant toldTo = scoredTo == null ? Instant.MIN : scoredTo;
        Shown result = show(watched, key, shown, points(key, shown, until, market), seenTo, toldTo);
        save(key, scoredTo, watched.stored(settings.toString(), result.to(), stagger(key)), result);
    }

    private record Shown(Instant to, int candles, List<Anomaly> found) {}

    /** What was seen before is only there for what follows it; what was told before is learned and not told again. */
    private static Shown show(
            Watched watched,
            SeriesKey key,
            List<WatchedCandle> candles,
            CandlePoints points,
            Instant seenTo,
            Instant toldTo) {
        List<Anomaly> found = new ArrayList<>();
        int seen = 0;
        Instant close = seenTo;
        for (int i = 0; i < candles.size(); i++) {
            WatchedCandle candle = candles.get(i);
            if (candle.openTime().isBefore(seenTo)) {
                continue;
            }
            close = candle.openTime().plus(key.interval().duration());
            Optional<Finding> finding = watched.see(points.point(i == 0 ? null : candles.get(i - 1), candle));
            if (finding.isPresent() && close.isAfter(toldTo)) {
                found.add(Anomaly.of(close, finding.get()));
            }
            seen++;
        }
        return new Shown(close, seen, found);
    }

    private CandlePoints points(SeriesKey key, List<WatchedCandle> shown, Instant until, MarketReturns market) {
        Instant first = shown.getFirst().openTime();
        NavigableMap<Instant, Double> changes = locked.of(key.asset(), first);
        return new CandlePoints(key.interval(), market.of(first, until), changes);
    }

    private void save(SeriesKey key, @Nullable Instant before, Watched.Stored now, Shown shown) {
        if (shown.candles() > 0 && detectors.save(key, before, now, shown.found())) {
            counts.scored(key.interval(), shown.candles());
            shown.found().forEach(anomaly -> counts.found(key.interval()));
        }
    }

    private static int stagger(SeriesKey key) {
        return Math.floorMod(key.asset().hashCode(), Watched.MOST_POINTS);
    }
}
