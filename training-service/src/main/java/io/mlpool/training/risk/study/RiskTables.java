package io.mlpool.training.risk.study;

import io.mlpool.training.risk.evaluation.Reliability;
import io.mlpool.training.risk.evaluation.RiskEvaluation;
import io.mlpool.training.risk.evaluation.RiskFigures;
import io.mlpool.training.risk.evaluation.Spread;
import io.mlpool.training.risk.fit.RiskSettings;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was measured as tables of Markdown. */
public final class RiskTables {

    private RiskTables() {}

    /** One event's figures. */
    public static List<String> of(RiskStudy.Measured measured) {
        List<String> lines = new ArrayList<>();
        lines.add("### %s".formatted(RiskSettings.modelOf(measured.event())));
        lines.add("");
        lines.add(text(
                "A close %.0f %% below that of then, or a fall of what is locked by %.0f %%, within %d days. %d correcting trees, made of %,d rows of which %,d had the event.",
                100 * measured.event().drawdown(),
                100 * measured.event().lockedFall(),
                measured.event().days(),
                measured.corrections(),
                measured.fitted(),
                measured.fittedEvents()));
        lines.addAll(figures("Assets that the model learned from, later", measured.known()));
        lines.addAll(figures("Assets that the model never saw, later", measured.strangers()));
        lines.addAll(reliability(measured.known().reliability()));
        return lines;
    }

    private static List<String> figures(String title, RiskEvaluation found) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(text(
                "%s: %s to %s, %,d rows of %d assets, %,d with the event (%.2f %%) in %d episodes.",
                title,
                LocalDate.ofInstant(found.from(), ZoneOffset.UTC),
                LocalDate.ofInstant(found.until(), ZoneOffset.UTC),
                found.rows(),
                found.assets(),
                found.events(),
                100.0 * found.events() / found.rows(),
                found.episodes()));
        lines.add("");
        lines.add("| | model | volatility alone | base rate |");
        lines.add("|---|---|---|---|");
        List<RiskFigures> columns = List.of(found.model(), found.volatility(), found.baseRate());
        lines.add(row(
                "ROC-AUC", "%.3f", columns.stream().map(RiskFigures::rocArea).toList()));
        lines.add(row(
                "PR-AUC",
                "%.3f",
                columns.stream().map(RiskFigures::precisionArea).toList()));
        lines.add(row("Brier", "%.5f", columns.stream().map(RiskFigures::brier).toList()));
        lines.add(row(
                "Brier skill",
                "%+.3f",
                columns.stream().map(RiskFigures::brierSkill).toList()));
        lines.add(row(
                "log loss", "%.4f", columns.stream().map(RiskFigures::logLoss).toList()));
        lines.add(row(
                "lift at 5 %", "%.2f", columns.stream().map(RiskFigures::lift5).toList()));
        lines.add(row(
                "lift at 10 %",
                "%.2f", columns.stream().map(RiskFigures::lift10).toList()));
        lines.add("");
        lines.add(text(
                "95 %% intervals over %d stretches of time: ROC-AUC of the model %s; its gain on volatility alone %+.3f (%s); gain in Brier %+.5f (%s).",
                found.blocks(),
                spread("%.3f", found.rocSpread()),
                found.rocGain(),
                spread("%+.3f", found.rocGainSpread()),
                found.brierGain(),
                spread("%+.5f", found.brierGainSpread())));
        return lines;
    }

    private static List<String> reliability(Reliability found) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(text(
                "Reliability on the assets that it learned from (mean distance of said and seen %.4f):",
                found.error()));
        lines.add("");
        lines.add("| told | rows | mean told | seen |");
        lines.add("|---|---|---|---|");
        found.bins()
                .forEach(bin -> lines.add(text(
                        "| %.0f to %.0f %% | %,d | %.2f %% | %.2f %% |",
                        100 * bin.from(), 100 * bin.to(), bin.rows(), 100 * bin.said(), 100 * bin.seen())));
        return lines;
    }

    /** What was said of some assets at some times. */
    public static List<String> of(List<RiskCase> cases) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| asset | as of | probability | volatility alone | base rate | score | rank | capped by | raised by |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
        for (RiskCase one : cases) {
            lines.add(text(
                    "| %s | %s | %.2f %% | %.2f %% | %.2f %% | %.0f | %d of %d | %s | %s |",
                    one.asset(),
                    LocalDate.ofInstant(one.asOf(), ZoneOffset.UTC),
                    100 * one.said().probability(),
                    100 * one.volatilityAlone(),
                    100 * one.baseRate(),
                    one.said().score(),
                    one.rank(),
                    one.of(),
                    one.said().cappedBy() == null ? "-" : one.said().cappedBy().label(),
                    one.raising().stream().map(factor -> factor.label()).collect(Collectors.joining(", "))));
        }
        return lines;
    }

    private static String row(String name, String format, List<Double> values) {
        return values.stream()
                .map(value -> value.isNaN() ? "-" : text(format, value))
                .collect(Collectors.joining(" | ", "| " + name + " | ", " |"));
    }

    private static String spread(String format, @Nullable Spread spread) {
        return spread == null ? "not to be had" : text(format + " to " + format, spread.low(), spread.high());
    }

    @SuppressWarnings("AnnotateFormatMethod") // formats come as columns of the tables
    private static String text(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
