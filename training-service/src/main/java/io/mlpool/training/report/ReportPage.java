package io.mlpool.training.report;

import io.mlpool.model.Provenance;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.promotion.Comparison;
import io.mlpool.training.promotion.PromotionDecision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** {@code report.html}: a run on one page that needs nothing from elsewhere and runs no script. */
public final class ReportPage {

    /** The figures in the order of the page, each with how to read it. */
    private static final Map<String, String> CAPTIONS = captions();

    private final Findings findings;
    private final Html html = new Html();

    private ReportPage(Findings findings) {
        this.findings = findings;
    }

    /** Writes the page from the figures that are in the folder; one that could not be drawn is named. */
    public static void write(ReportFolder folder, Findings findings) {
        folder.write(ReportFolder.PAGE, new ReportPage(findings).page(folder));
    }

    private String page(ReportFolder folder) {
        String title = "%s version %d".formatted(findings.manifest().model(), findings.version());
        html.text("h1", title);
        decision(findings.decision());
        metrics(findings.evaluation());
        LiquidityErrors.read(folder).ifPresent(this::liquidity);
        html.text("h2", "Figures");
        CAPTIONS.forEach((name, caption) -> folder.read(name)
                .ifPresentOrElse(
                        svg -> html.figure(svg, caption),
                        () -> html.paragraph("quiet", "There is no %s of this run.".formatted(name))));
        html.text("h2", "Data").list(data(findings.data()));
        html.text("h2", "Where the model comes from")
                .list(provenance(findings.manifest().provenance()));
        html.text("h2", "Parameters").list(parameters());
        return html.document(title, style());
    }

    private void decision(PromotionDecision decision) {
        html.paragraph(
                "quiet",
                "%s, made by training run %s"
                        .formatted(
                                findings.manifest().algorithm().label(),
                                findings.manifest().provenance().runId()));
        html.paragraph(decision.promoted() ? "promoted" : "refused", decision.reason());
        List<Comparison> comparisons = new ArrayList<>();
        if (decision.againstNaive() != null) {
            comparisons.add(decision.againstNaive());
        }
        if (decision.againstChampion() != null) {
            comparisons.add(decision.againstChampion());
        }
        if (comparisons.isEmpty()) {
            return;
        }
        html.table(verdicts(comparisons));
        html.paragraph(
                "quiet",
                "p is the probability of a difference so much in the candidate's favour, or more, between equally good models; below %s it counts. Compared on forecasts made from %s to %s."
                        .formatted(decision.level(), decision.from(), decision.until()));
    }

    private static List<MetricsTable.Row> verdicts(List<Comparison> comparisons) {
        List<MetricsTable.Row> rows = new ArrayList<>();
        rows.add(new MetricsTable.Row(
                "Loss against", List.of("horizon", "loss", "opponent's", "lower by", "statistic", "p", "times")));
        for (Comparison comparison : comparisons) {
            rows.add(verdict(comparison.opponent(), "all", comparison.overall()));
            comparison
                    .horizons()
                    .forEach(one -> rows.add(verdict("", one.horizon().label(), one.verdict())));
        }
        return rows;
    }

    private static MetricsTable.Row verdict(String opponent, String horizon, Comparison.Verdict verdict) {
        return new MetricsTable.Row(
                opponent,
                List.of(
                        horizon,
                        number("%.4f", verdict.candidateLoss()),
                        number("%.4f", verdict.opponentLoss()),
                        number("%+.2f %%", verdict.improvement()),
                        number("%.2f", verdict.statistic()),
                        number("%.2g", verdict.probability()),
                        number("%,d", verdict.times())));
    }

    private void metrics(Evaluation evaluation) {
        html.text("h2", "Measured on windows that nothing was fitted or chosen on");
        html.paragraph(
                "quiet",
                String.format(
                        Locale.ROOT,
                        "%s to %s, %,d windows (assets: %d), purged by the longest horizon.",
                        evaluation.from(),
                        evaluation.until(),
                        evaluation.windows(),
                        evaluation.assets()));
        html.table(MetricsTable.of(evaluation.horizons()));
        html.list(numbered(
                findings.calibration(),
                choice -> "Calibration %s ahead".formatted(choice.horizon()),
                choice -> choice.shrinkage() == 0
                        ? "none: moving the quantiles did not lower the loss of every fold"
                        : number("quantiles moved by %.0f %% of their errors on the folds", 100 * choice.shrinkage())));
    }

    private void liquidity(LiquidityErrors errors) {
        html.text("h2", "Measured by how much of an asset is traded");
        html.paragraph(
                "quiet",
                "Thirds of the assets by what was traded of them in the 30 days before the first of these windows. Where the skill of the low third is below that of the others, small coins are served worse: see docs/monitoring.md.");
        html.table(errors.table());
    }

    private static Map<String, String> data(DatasetSnapshot data) {
        Map<String, String> terms = new LinkedHashMap<>();
        terms.put("Candles", number("%,d", data.rows()) + " of " + data.interval());
        terms.put("Assets", data.assets().size() + ": " + String.join(", ", data.assets()));
        terms.put("Until", data.watermark() + " (close of the newest candle)");
        terms.put("Prices in", data.vsCurrency());
        terms.put("Market factor", data.market().isEmpty() ? "none" : String.join(", ", data.market()));
        new TreeMap<>(data.leftOut()).forEach((asset, why) -> terms.put("Left out: " + asset, why));
        terms.put("SHA-256", data.version());
        return terms;
    }

    private static Map<String, String> provenance(Provenance provenance) {
        Map<String, String> terms = new LinkedHashMap<>();
        terms.put("Run", provenance.runId());
        terms.put("Written", provenance.createdAt().toString());
        terms.put("Trained until", provenance.trainedUntil() + " (newest candle it saw, targets included)");
        terms.put("Fine-tuned from", Objects.toString(provenance.parentVersion(), "nothing, trained afresh"));
        terms.put("Seed", Long.toString(provenance.seed()));
        terms.putAll(new TreeMap<>(provenance.environment()));
        return terms;
    }

    private Map<String, String> parameters() {
        Map<String, String> all = new TreeMap<>(findings.settings());
        all.putAll(findings.manifest().provenance().parameters());
        return all;
    }

    private static <T> Map<String, String> numbered(
            List<T> list, Function<T, String> term, Function<T, String> meaning) {
        Map<String, String> terms = new LinkedHashMap<>();
        list.forEach(one -> terms.put(term.apply(one), meaning.apply(one)));
        return terms;
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** What our pages look like. */
    static String style() {
        try (InputStream file = Objects.requireNonNull(ReportPage.class.getResourceAsStream("page.css"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read page.css from the class path", e);
        }
    }

    private static Map<String, String> captions() {
        Map<String, String> captions = new LinkedHashMap<>();
        captions.put(
                Figures.CALIBRATION,
                "On the diagonal the quantiles keep their word; where a bar reaches it, chance alone explains the distance. It says nothing about how wide the intervals are.");
        captions.put(
                Figures.FORECAST_FAN,
                "Of the black line, half should run within the darkest band and nine tenths within all of them. A week of one or two assets is an example, no measurement.");
        captions.put(
                Figures.ERROR_BY_HOUR,
                "Lower is better; where both lines rise, the market is harder to foretell then, not the model worse. Among 24 hours one or two are coloured by chance.");
        captions.put(
                Figures.ERROR_BY_ASSET,
                "Lower is better; compare the two points of a row rather than rows, since assets differ in how their wildness is spread. One asset in twenty is coloured by chance.");
        captions.put(
                Figures.FEATURE_IMPORTANCE,
                "How much worse the forecasts become without knowing a feature. A feature that others can replace shows little on its own: look at its family. It is what this model leans on, not what moves prices.");
        captions.put(
                Figures.LEARNING_CURVE,
                "Training stops when the validation loss has not fallen for a while, and the circled epoch is kept. The two losses are of different stretches of time: only their shapes can be compared.");
        return captions;
    }
}
