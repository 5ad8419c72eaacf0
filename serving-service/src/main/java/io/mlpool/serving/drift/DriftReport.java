package io.mlpool.serving.drift;

import io.mlpool.serving.drift.DriftAnswer.ColumnDrift;
import io.mlpool.serving.drift.DriftAnswer.ModelDrift;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.web.util.HtmlUtils;

/** The drift of some versions as a page that needs nothing else: no script, nothing that is loaded. */
final class DriftReport {

    private static final int BAR = 14;
    private static final int HEIGHT = 44;

    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #1c2024; }
            table { border-collapse: collapse; } th, td { padding: .3rem .7rem; text-align: right; border-bottom: 1px solid #ddd; }
            th:first-child, td:first-child { text-align: left; } .drifting { background: #fff1e5; }
            .wide { overflow-x: auto; } .trained { fill: #9aa7b4; } .now { fill: #c4500a; }
            @media (prefers-color-scheme: dark) { body { background: #15181b; color: #e6e8ea; } .drifting { background: #3a2413; } }
            """;

    private DriftReport() {}

    static String of(DriftAnswer answer) {
        StringBuilder page = new StringBuilder();
        page.append(
                "<p>Forecasts as of %s to %s. While nothing has changed, anything is called drifting in %s of such looks.</p>\n"
                        .formatted(answer.from(), answer.to(), percent(answer.promisedRate())));
        if (answer.models().isEmpty()) {
            page.append("<p>No model is live.</p>\n");
        }
        answer.models().forEach(model -> section(page, model));
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="UTF-8"><meta name="viewport" content="width=device-width"><title>Drift</title>
                <style>
                %s</style></head>
                <body>
                <h1>Drift</h1>
                %s</body>
                </html>
                """.formatted(STYLE, page);
    }

    private static void section(StringBuilder page, ModelDrift model) {
        String variant = model.variant();
        page.append("<h2>%s version %d%s: %s</h2>\n<p>%s. %d forecasts as of %d candles were counted.</p>\n"
                .formatted(
                        escaped(model.model()),
                        model.version(),
                        variant == null ? "" : ", " + variant,
                        model.verdict().label(),
                        capitalised(escaped(model.summary())),
                        model.forecasts(),
                        model.times()));
        if (model.columns().isEmpty()) {
            return;
        }
        page.append("""
                <div class="wide"><table>
                <tr><th>what</th><th>verdict</th><th>stability index</th><th>shift</th><th>p</th><th>adjusted p</th><th>worth</th>\
                <th>mean, trained</th><th>mean, now</th><th>shares: trained grey, now orange</th></tr>
                """);
        model.columns().stream()
                .sorted(Comparator.comparing((ColumnDrift column) -> column.verdict() != Verdict.DRIFTING)
                        .thenComparing(Comparator.comparingDouble(ColumnDrift::stabilityIndex)
                                .reversed()))
                .forEach(column -> row(page, column));
        page.append("</table></div>\n");
    }

    private static void row(StringBuilder page, ColumnDrift column) {
        page.append("<tr class=\"%s\"><td>%s</td><td>%s</td>"
                .formatted(
                        column.verdict().label(),
                        escaped(column.name()),
                        column.verdict().label()));
        List.of(
                        number("%.3f", column.stabilityIndex()),
                        number("%+.2f", column.shift()),
                        number("%.2g", column.p()),
                        number("%.2g", column.adjustedP()),
                        number("%.1f", column.effectiveForecasts()),
                        number("%.3f", column.trainedMean()),
                        number("%.3f", column.mean()),
                        bars(column))
                .forEach(cell -> page.append("<td>").append(cell).append("</td>"));
        page.append("</tr>\n");
    }

    private static String bars(ColumnDrift column) {
        int bins = column.shares().size();
        double most = Math.max(highest(column.shares()), highest(column.trainedShares()));
        StringBuilder drawn =
                new StringBuilder("<svg width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"shares of %s\">"
                        .formatted(bins * 2 * BAR, HEIGHT, escaped(column.name())));
        for (int bin = 0; bin < bins; bin++) {
            bar(drawn, "trained", 2 * bin * BAR, column.trainedShares().get(bin), most);
            bar(drawn, "now", (2 * bin + 1) * BAR, column.shares().get(bin), most);
        }
        return drawn.append("</svg>").toString();
    }

    private static void bar(StringBuilder drawn, String kind, int x, double share, double most) {
        double height = most > 0 ? HEIGHT * share / most : 0;
        drawn.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"><title>%s</title></rect>",
                kind,
                x,
                HEIGHT - height,
                BAR - 2,
                height,
                percent(share)));
    }

    private static double highest(List<Double> shares) {
        return shares.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private static String percent(double share) {
        return number("%.1f", 100 * share) + " %";
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String capitalised(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text);
    }
}
