package io.mlpool.training.risk.fit;

import io.mlpool.market.Interval;
import io.mlpool.model.Horizon;
import io.mlpool.risk.RiskEvent;
import io.mlpool.training.promotion.GateRules;
import java.util.List;

/**
 * How models of risk are made.
 *
 * @param interval of the candles
 * @param market assets whose mean return is the market's
 * @param events one for each model, nearest horizon first
 * @param judged share of the rows that says how good a model is
 * @param leastRows that are needed to begin
 * @param leastEpisodes losses that are needed among those that are fitted, and a third of that among those that are judged
 * @param trees how they are grown
 * @param gate when a candidate may go live
 */
public record RiskSettings(
        Interval interval,
        List<String> market,
        List<RiskEvent> events,
        double judged,
        int leastRows,
        int leastEpisodes,
        TreeSettings trees,
        GateRules gate) {

    private static final String PREFIX = "risk-";

    /** What is taken where nothing is set. */
    public static final RiskSettings DEFAULT = new RiskSettings(
            Interval.ONE_HOUR,
            List.of("bitcoin", "ethereum"),
            List.of(new RiskEvent(Horizon.of("7d"), 0.3, 0.5), new RiskEvent(Horizon.of("30d"), 0.5, 0.5)),
            0.25,
            2_000,
            30,
            TreeSettings.DEFAULT,
            new GateRules(0.05, 100, 5));

    public RiskSettings {
        market = List.copyOf(market);
        events = List.copyOf(events);
        if (!(judged > 0 && judged < 0.9)) {
            throw new IllegalArgumentException("the judged share must lie between 0 and 0.9, found " + judged);
        }
    }

    /** Names of the models. */
    public List<String> models() {
        return events.stream().map(RiskSettings::modelOf).toList();
    }

    /** What a model tells of. */
    public RiskEvent event(String model) {
        return events.stream()
                .filter(event -> modelOf(event).equals(model))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown model of risk '%s', known are %s".formatted(model, models())));
    }

    /** {@code risk-7d}. */
    public static String modelOf(RiskEvent event) {
        return PREFIX + event.horizon().label();
    }
}
