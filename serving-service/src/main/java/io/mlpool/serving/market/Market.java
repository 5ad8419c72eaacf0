package io.mlpool.serving.market;

import io.mlpool.features.FeatureSchema;
import io.mlpool.features.MarketFactor;
import io.mlpool.market.CandleSeries;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a model is told about the market as a whole, and how much of it was known at a time. */
public final class Market {

    private final List<CandleSeries> members;
    private final MarketFactor factor;
    private final boolean matters;

    /**
     * The market of this schema.
     *
     * @param series of any assets; those that the schema does not name are ignored
     */
    public Market(FeatureSchema schema, Collection<CandleSeries> series) {
        members = series.stream()
                .filter(one -> schema.market().contains(one.key().asset()) && !one.isEmpty())
                .toList();
        factor = MarketFactor.of(schema, members);
        matters = !schema.market().isEmpty();
    }

    public MarketFactor factor() {
        return factor;
    }

    /** Says so when less than half of the market is known at this close time. */
    public Optional<String> doubt(Instant asOf) {
        long known = members.stream().filter(series -> closesAt(series, asOf)).count();
        if (!matters || (known > 0 && 2 * known >= members.size())) {
            return Optional.empty();
        }
        return Optional.of("no market data: %s of %s market assets have a candle that closed at %s"
                .formatted(known, members.size(), asOf));
    }

    private static boolean closesAt(CandleSeries series, Instant asOf) {
        long wanted = asOf.getEpochSecond() - series.key().interval().seconds();
        int low = 0;
        int high = series.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (series.openSecond(middle) < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return series.openSecond(low) == wanted;
    }
}
