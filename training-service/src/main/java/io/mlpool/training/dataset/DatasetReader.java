package io.mlpool.training.dataset;

import io.mlpool.features.FeatureFrame;
import io.mlpool.features.FeatureSchema;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.SeriesSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes snapshots of the candles in PostgreSQL. */
public final class DatasetReader {

    private final CandleStore candles;
    private final TransactionTemplate snapshot;

    /**
     * Reads through a store.
     *
     * @param snapshot a read-only transaction of repeatable reads: what is imported meanwhile stays out, and rows are streamed
     */
    public DatasetReader(CandleStore candles, TransactionTemplate snapshot) {
        this.candles = candles;
        this.snapshot = snapshot;
    }

    /**
     * The candles that a request names.
     *
     * @throws NoDataException when no asset has enough history
     */
    public Dataset read(DatasetRequest request) {
        return Objects.requireNonNull(snapshot.execute(status -> readConsistently(request)));
    }

    /** The candles of these assets up to a watermark, for a market factor; an asset without candles is absent. */
    public List<CandleSeries> series(Collection<String> assets, Interval interval, Instant watermark) {
        return Objects.requireNonNull(snapshot.execute(status ->
                List.copyOf(load(Set.copyOf(assets), interval, watermark).values())));
    }

    private Dataset readConsistently(DatasetRequest request) {
        List<SeriesSummary> held = candles.summaries().stream()
                .filter(one -> one.key().interval() == request.interval()
                        && one.key().vsCurrency().equals(SeriesKey.USD))
                .toList();
        Set<String> asked = new TreeSet<>(request.assets());
        if (asked.isEmpty()) {
            held.forEach(one -> asked.add(one.key().asset()));
        }
        Instant newest = held.stream()
                .filter(one -> asked.contains(one.key().asset()))
                .map(SeriesSummary::lastClose)
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new NoDataException(request.interval(), Map.of()));
        Instant watermark = request.until()
                .map(request.interval()::floor)
                .filter(newest::isAfter)
                .orElse(newest);
        return dataset(request, asked, watermark);
    }

    private Dataset dataset(DatasetRequest request, Set<String> asked, Instant watermark) {
        Map<String, CandleSeries> loaded = load(asked, request.interval(), watermark);
        FeatureSchema schema = FeatureSchema.price(request.interval(), request.steps(), List.copyOf(asked));
        Map<String, String> leftOut = new TreeMap<>();
        List<CandleSeries> used = new ArrayList<>();
        for (String asset : asked) {
            CandleSeries series = loaded.get(asset);
            if (series == null) {
                leftOut.put(asset, "no %s candles until %s".formatted(request.interval(), watermark));
            } else if (!FeatureFrame.isPossible(schema, series)) {
                leftOut.put(asset, "%d candles, no %d in a row".formatted(series.size(), schema.windowBars()));
            } else {
                used.add(series);
            }
        }
        if (used.isEmpty()) {
            throw new NoDataException(request.interval(), leftOut);
        }
        return new Dataset(describe(request, used, leftOut, watermark), used);
    }

    private static DatasetSnapshot describe(
            DatasetRequest request, List<CandleSeries> used, Map<String, String> leftOut, Instant watermark) {
        List<String> assets = used.stream().map(one -> one.key().asset()).toList();
        return new DatasetSnapshot(
                CandleDigest.of(used),
                request.interval(),
                SeriesKey.USD,
                assets,
                assets,
                leftOut,
                watermark,
                used.stream().mapToLong(CandleSeries::size).sum());
    }

    private Map<String, CandleSeries> load(Set<String> assets, Interval interval, Instant watermark) {
        Map<String, CandleSeries> byAsset = new LinkedHashMap<>();
        candles.all(assets, SeriesKey.USD, interval, Instant.EPOCH, watermark).entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().asset()))
                .forEach(entry -> byAsset.put(entry.getKey().asset(), entry.getValue()));
        return byAsset;
    }
}
