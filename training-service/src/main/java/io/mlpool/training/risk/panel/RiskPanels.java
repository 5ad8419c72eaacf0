package io.mlpool.training.risk.panel;

import io.mlpool.market.CandleSeries;
import io.mlpool.risk.MarketDays;
import io.mlpool.risk.ProtocolHistory;
import io.mlpool.risk.RiskEvent;
import io.mlpool.risk.RiskFeatures;
import io.mlpool.risk.RiskRow;
import io.mlpool.training.risk.panel.RiskOutcomes.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The history of a pool as rows: one for each asset and midnight (UTC). Rows are computed once and may be labelled for several events.
 *
 * @param rows by time and asset
 */
public record RiskPanels(
        List<RiskRow> rows, Collection<CandleSeries> series, ProtocolHistory protocols, Instant until) {

    private static final Duration DAY = Duration.ofDays(1);

    /**
     * All rows of these series.
     *
     * @param market names of the assets whose mean return is the market's
     * @param until nothing later is known; the end of the newest candle at the latest
     */
    public static RiskPanels of(
            Collection<CandleSeries> series, Collection<String> market, ProtocolHistory protocols, Instant until) {
        List<CandleSeries> all = series.stream().filter(one -> !one.isEmpty()).toList();
        List<CandleSeries> members =
                all.stream().filter(one -> market.contains(one.key().asset())).toList();
        RiskFeatures features = new RiskFeatures(protocols);
        List<RiskRow> rows = new ArrayList<>();
        Instant first = all.stream()
                .map(one -> one.closeTime(0))
                .min(Comparator.naturalOrder())
                .orElse(until);
        for (Instant asOf = midnightFrom(first); !asOf.isAfter(until); asOf = asOf.plus(DAY)) {
            MarketDays days = MarketDays.of(members, asOf);
            for (CandleSeries one : all) {
                features.row(one, days, asOf).ifPresent(rows::add);
            }
        }
        return new RiskPanels(List.copyOf(rows), all, protocols, until);
    }

    /** The rows of which it is known whether the event came. */
    public RiskPanel labelled(RiskEvent event) {
        Map<String, RiskOutcomes> outcomes = new HashMap<>();
        series.forEach(one -> outcomes.put(one.key().asset(), new RiskOutcomes(one, protocols, event, until)));
        List<RiskSample> samples = new ArrayList<>();
        for (RiskRow row : rows) {
            Outcome outcome = Objects.requireNonNull(outcomes.get(row.asset())).of(row);
            if (outcome != Outcome.NOT_KNOWN) {
                samples.add(new RiskSample(row, outcome == Outcome.EVENT));
            }
        }
        return new RiskPanel(event, samples);
    }

    private static Instant midnightFrom(Instant time) {
        return Instant.ofEpochSecond(Math.ceilDiv(time.getEpochSecond(), DAY.toSeconds()) * DAY.toSeconds());
    }
}
