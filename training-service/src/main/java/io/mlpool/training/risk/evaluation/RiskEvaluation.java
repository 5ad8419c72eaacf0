package io.mlpool.training.risk.evaluation;

import io.mlpool.training.risk.panel.Episodes;
import io.mlpool.training.risk.panel.RiskPanel;
import io.mlpool.training.risk.panel.RiskSample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How good a model is on rows that came after all that it was made of, beside the simple ones on the same rows.
 *
 * @param from as-of time of the first row
 * @param until as-of time of the last row (inclusive)
 * @param rows of these assets
 * @param events rows with the event; neighbours share one loss
 * @param episodes runs of such rows of an asset: nearer to how many losses there were
 * @param blocks stretches of time that the intervals are drawn from
 * @param rocSpread 95 % interval of the model's ROC area; null where it cannot be had, as those that follow
 * @param rocGain by how much its ROC area is larger than that of volatility alone
 * @param rocGainSpread 95 % interval of that difference, on the same draws
 * @param brierGain by how much its Brier score is smaller than that of volatility alone
 * @param brierGainSpread 95 % interval of that difference
 */
public record RiskEvaluation(
        Instant from,
        Instant until,
        int rows,
        int assets,
        long events,
        int episodes,
        int blocks,
        RiskFigures model,
        RiskFigures volatility,
        RiskFigures baseRate,
        Reliability reliability,
        @Nullable Spread rocSpread,
        double rocGain,
        @Nullable Spread rocGainSpread,
        double brierGain,
        @Nullable Spread brierGainSpread) {

    /** The main figures by name, as bundles and MLflow keep them; what is not defined is left out. */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("rows", (double) rows);
        metrics.put("events", (double) events);
        metrics.put("episodes", (double) episodes);
        metrics.put("calibration_error", reliability.error());
        model.metrics("").forEach(metrics::put);
        volatility.metrics("volatility_").forEach(metrics::put);
        baseRate.metrics("base_rate_").forEach(metrics::put);
        metrics.values().removeIf(value -> !Double.isFinite(value));
        return metrics;
    }

    /**
     * Of three answers to the same rows.
     *
     * @param parts panels whose rows are answered, one after the other
     * @param seed of what intervals are drawn by
     */
    public static RiskEvaluation of(
            List<RiskPanel> parts, RiskAnswers model, RiskAnswers volatility, RiskAnswers baseRate, long seed) {
        List<RiskSample> rows =
                parts.stream().flatMap(part -> part.samples().stream()).toList();
        RiskPanel judged = new RiskPanel(parts.getFirst().event(), rows);
        boolean[] events = new boolean[rows.size()];
        for (int i = 0; i < events.length; i++) {
            events[i] = rows.get(i).event();
        }
        BlockBootstrap bootstrap = new BlockBootstrap(
                rows.stream().map(RiskSample::asOf).toList(),
                judged.event().horizon().duration(),
                seed);
        Ranking ranking = new Ranking(model.ranks(), events);
        Ranking simple = new Ranking(volatility.ranks(), events);
        RiskFigures figures = RiskFigures.of(model, baseRate, events);
        RiskFigures opponent = RiskFigures.of(volatility, baseRate, events);
        return new RiskEvaluation(
                judged.first(),
                judged.last(),
                judged.size(),
                judged.assets().size(),
                judged.eventCount(),
                Episodes.count(judged),
                bootstrap.blocks(),
                figures,
                opponent,
                RiskFigures.of(baseRate, baseRate, events),
                Reliability.of(model.probabilities(), events),
                bootstrap.spread(ranking::rocArea),
                figures.rocArea() - opponent.rocArea(),
                bootstrap.spread(times -> ranking.rocArea(times) - simple.rocArea(times)),
                opponent.brier() - figures.brier(),
                bootstrap.spread(times -> brierGain(volatility, model, events, times)));
    }

    /** Mean difference of the squared errors of two answers. */
    private static double brierGain(RiskAnswers worse, RiskAnswers better, boolean[] events, int[] times) {
        double sum = 0;
        double count = 0;
        for (int i = 0; i < events.length; i++) {
            sum += times[i] * (worse.brier(i, events[i]) - better.brier(i, events[i]));
            count += times[i];
        }
        return sum / count;
    }
}
