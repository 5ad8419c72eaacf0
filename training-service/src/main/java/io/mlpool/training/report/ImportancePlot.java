package io.mlpool.training.report;

import java.util.List;
import java.util.Map;

/** Which features a model's answers lean on. */
final class ImportancePlot {

    private static final double Z = 1.959963984540054;
    private static final String SEEN = "differs from zero (bars: 95 %)";
    private static final String NOISE = "not to be told from zero";

    private ImportancePlot() {}

    static String draw(Importance importance) {
        Rows rows = new Rows("panel", "name", "percent", "low", "high", "zero", "seen");
        add("Feature by feature", importance.features(), importance.loss(), rows);
        add("Families, exchanged together", importance.families(), importance.loss(), rows);
        return new Plot(
                        "Feature importance",
                        "Rise of the loss when a feature is exchanged between %d held-out windows, mean of %d shuffles"
                                .formatted(importance.windows(), importance.repeats()),
                        960,
                        170 + 20 * importance.features().size())
                .axes("Rise of the mean pinball loss, %", "")
                .reference("vline", Map.of("xintercept", 0))
                .layer(
                        "segment",
                        rows,
                        Map.of("x", "low", "xend", "high", "y", "name", "yend", "name", "color", "seen"),
                        Map.of("size", 1.2))
                .layer("point", rows, Map.of("x", "percent", "y", "name", "color", "seen"), Map.of("size", 3.4))
                .legend("color", List.of(SEEN, NOISE), List.of(Plot.BLUE, Plot.GREY))
                .facets(Map.of(
                        "name", "wrap", "facets", List.of("panel"), "nrow", 1, "order", List.of(0), "scales", "free"))
                .svg("feature-importance");
    }

    private static void add(String panel, List<Importance.Rise> rises, double loss, Rows rows) {
        for (Importance.Rise rise : rises.reversed()) {
            double half = loss > 0 ? 100 * Z * rise.standardError() / loss : 0;
            rows.add(
                    panel,
                    rise.name(),
                    rise.percent(),
                    rise.percent() - half,
                    rise.percent() + half,
                    0,
                    Math.abs(rise.percent()) > half ? SEEN : NOISE);
        }
    }
}
