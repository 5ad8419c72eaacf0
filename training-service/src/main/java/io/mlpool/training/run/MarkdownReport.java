package io.mlpool.training.run;

import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.promotion.PromotionDecision;
import io.mlpool.training.report.MetricsTable;
import java.util.Locale;
import java.util.Optional;

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
                %s version %s (%s), trained on %,d candles of %s until %s, data version `%.12s`.

                Held-out slice: %s to %s, %,d windows of %s, later than everything that was fitted or chosen on, purged by the longest horizon.

                %s
                Decision: %s
                """,
                run.model(),
                run.version(),
                run.algorithm(),
                data.rows(),
                assets(data.assets().size()),
                data.watermark(),
                data.version(),
                evaluation.from(),
                evaluation.until(),
                evaluation.windows(),
                assets(evaluation.assets()),
                MetricsTable.markdown(MetricsTable.of(evaluation.horizons())),
                decision.reason());
    }

    private static String assets(int number) {
        return number == 1 ? "1 asset" : number + " assets";
    }
}
