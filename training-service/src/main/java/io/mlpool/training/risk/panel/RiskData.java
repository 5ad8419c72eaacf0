package io.mlpool.training.risk.panel;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.SeriesSummary;
import io.mlpool.protocols.ProtocolStore;
import io.mlpool.risk.ProtocolHistory;
import io.mlpool.risk.RiskFeatures;
import io.mlpool.training.dataset.NoDataException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads what there is to learn from out of PostgreSQL. */
public final class RiskData {

    private final CandleStore candles;
    private final ProtocolStore protocols;
    private final TransactionTemplate snapshot;

    /** @param snapshot a read-only transaction of repeatable reads: what is imported meanwhile stays out, and rows are streamed */
    public RiskData(CandleStore candles, ProtocolStore protocols, TransactionTemplate snapshot) {
        this.candles = candles;
        this.protocols = protocols;
        this.snapshot = snapshot;
    }

    /**
     * All rows of all assets.
     *
     * @param interval of the candles
     * @param market names of the assets whose mean return is the market's
     * @throws NoDataException when there are no candles of the interval
     */
    public RiskPanels read(Interval interval, List<String> market) {
        Read read = Objects.requireNonNull(snapshot.execute(status -> readConsistently(interval)));
        return RiskPanels.of(read.series(), market, read.protocols(), read.until());
    }

    /** What rows are computed of, which takes long, and outside of the transaction therefore. */
    private record Read(Collection<CandleSeries> series, ProtocolHistory protocols, Instant until) {}

    private Read readConsistently(Interval interval) {
        List<SeriesSummary> held = candles.summaries().stream()
                .filter(one -> one.key().interval() == interval
                        && one.key().vsCurrency().equals(SeriesKey.USD))
                .toList();
        Instant until = held.stream()
                .map(SeriesSummary::lastClose)
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new NoDataException(interval, Map.of()));
        Instant first = held.stream()
                .map(SeriesSummary::firstOpen)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Set<String> assets = held.stream().map(one -> one.key().asset()).collect(Collectors.toSet());
        Map<SeriesKey, CandleSeries> series = candles.all(assets, SeriesKey.USD, interval, first, until);
        ProtocolHistory history = ProtocolHistory.read(
                protocols, assets, LocalDate.ofInstant(first.minus(RiskFeatures.HISTORY), ZoneOffset.UTC), until);
        return new Read(series.values(), history, until);
    }
}
