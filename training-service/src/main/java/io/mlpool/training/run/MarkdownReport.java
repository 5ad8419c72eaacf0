package io.mlpool.training.run;

import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.evaluation.HorizonScore;
import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.promotion.PromotionDecision;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a finished run measured, as a table for documents. */
public final class MarkdownReport {

    private MarkdownReport() {}

    /** The report; empty until the run has been judged. */
    public static Optional<String> of(RunView run) {
        return run.decision() == null || run.evaluation() == null || run.snapshot() == null
                ? Optional.empty()
                : Optional.of(of(
                        run,
                        RunJson.MAPPER.treeToValue(run.snapshot(), DatasetSnapshot.class),
                        RunJson.MAPPER.treeToValue(run.evaluation(), Evaluation.class),
                        RunJson.MAPPER.treeToValue(run.decision(), PromotionDecision.class)));
    }

    private static String of(RunView run, DatasetSnapshot data, Evaluation evaluation, PromotionDecision decision) {
        return String.format(
                Locale.ROOT,
                """
                %s version %s (%s), trained on %,d candles of %d assets until %s, data version `%.12s`.

                Held-out slice: %s to %s, %,d windows of %d assets, later than everything that was fitted or chosen on, purged by the longest horizon.

                %s
                Decision: %s
                """,
                run.model(),
                run.version(),
                run.algorithm(),
                data.rows(),
                data.assets().size(),
                data.watermark(),
                data.version(),
                evaluation.from(),
                evaluation.until(),
                evaluation.windows(),
                evaluation.assets(),
                table(evaluation.horizons()),
                decision.reason());
    }

    private static String table(List<HorizonScore> scores) {
        return row("horizon", scores, score -> score.horizon().label())
                + row("---", scores, score -> "---")
                + row("forecasts", scores, score -> number("%,d", score.forecasts()))
                + row("wQL", scores, score -> number("%.4f", score.wql()))
                + row("wQL of the random walk with EWMA volatility", scores, score -> number("%.4f", score.naiveWql()))
                + row("skill against it", scores, score -> number("%+.2f %%", score.skillVsNaive()))
                + row("skill against the last price", scores, score -> number("%+.2f %%", score.skillVsLastPrice()))
                + row("coverage of the 50 % interval", scores, score -> coverage(score, "50"))
                + row("coverage of the 80 % interval", scores, score -> coverage(score, "80"))
                + row("coverage of the 90 % interval", scores, score -> coverage(score, "90"))
                + row("MASE of the median", scores, score -> number("%.4f", score.mase()))
                + row("MASE of the last price", scores, score -> number("%.4f", score.lastPriceMase()))
                + row("direction right (95 % confidence)", scores, MarkdownReport::direction);
    }

    private static String row(String name, List<HorizonScore> scores, Function<HorizonScore, String> cell) {
        return scores.stream().map(cell).collect(Collectors.joining(" | ", "| " + name + " | ", " |\n"));
    }

    private static String direction(HorizonScore score) {
        return number("%.1f %%", 100 * score.direction().accuracy())
                + number(" (%.1f", 100 * score.direction().low())
                + number(" to %.1f)", 100 * score.direction().high());
    }

    private static String coverage(HorizonScore score, String interval) {
        return number("%.1f %%", 100 * score.coverage().getOrDefault(interval, Double.NaN));
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
