package io.mlpool.serving.risk;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.protocols.ProtocolStore;
import io.mlpool.risk.MarketDays;
import io.mlpool.risk.ProtocolHistory;
import io.mlpool.risk.RiskDefinition;
import io.mlpool.risk.RiskFeatures;
import io.mlpool.risk.RiskRow;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads from the database what a model of risk looks at. */
final class RiskEvidence {

    private final CandleStore candles;
    private final ProtocolStore protocols;
    private final TransactionTemplate snapshot;
    private final Clock clock;

    /** Reads in one transaction each time: rows are streamed, and what comes in meanwhile stays out. */
    RiskEvidence(CandleStore candles, ProtocolStore protocols, TransactionTemplate snapshot, Clock clock) {
        this.candles = candles;
        this.protocols = protocols;
        this.snapshot = snapshot;
        this.clock = clock;
    }

    /**
     * The row of each asset as of its time; those are absent of which too little is known.
     *
     * @param due assets and the times that they are looked at as of, none in the future
     */
    List<RiskRow> rows(RiskDefinition definition, Map<String, Instant> due) {
        return due.isEmpty() ? List.of() : Objects.requireNonNull(snapshot.execute(status -> read(definition, due)));
    }

    private List<RiskRow> read(RiskDefinition definition, Map<String, Instant> due) {
        Instant oldest = Collections.min(due.values());
        Instant newest = Collections.max(due.values());
        Instant from = oldest.minus(RiskFeatures.HISTORY);
        RiskFeatures features = new RiskFeatures(ProtocolHistory.read(
                protocols, due.keySet(), LocalDate.ofInstant(from, ZoneOffset.UTC), clock.instant()));
        Map<String, CandleSeries> series = series(due.keySet(), definition.interval(), from, newest);
        Collection<CandleSeries> members = series(Set.copyOf(definition.market()), definition.interval(), from, newest)
                .values();
        Map<Instant, MarketDays> markets = new HashMap<>();
        return series.entrySet().stream()
                .flatMap(one -> {
                    Instant asOf = due.getOrDefault(one.getKey(), oldest);
                    MarketDays market = markets.computeIfAbsent(asOf, time -> MarketDays.of(members, time));
                    return features.row(one.getValue(), market, asOf).stream();
                })
                .toList();
    }

    private Map<String, CandleSeries> series(Set<String> assets, Interval interval, Instant from, Instant to) {
        Map<String, CandleSeries> byAsset = new HashMap<>();
        candles.all(assets, SeriesKey.USD, interval, from, to)
                .forEach((key, series) -> byAsset.put(key.asset(), series));
        return byAsset;
    }
}
