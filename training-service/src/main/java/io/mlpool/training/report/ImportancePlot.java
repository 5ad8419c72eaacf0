package io.mlpool.training.report;

import io.mlpool.model.FeatureImportance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which features a model's answers lean on: families of several on top, each feature below. */
final class ImportancePlot {

    private static final double Z = 1.959963984540054;
    private static final String SEEN = "differs from zero (bars: 95 %)";
    private static final String NOISE = "not to be told from zero";
    private static final String FAMILY = "family, exchanged together";
    private static final String FEATURE = "single feature";

    private final Rows rows = new Rows("name", "percent", "low", "high", "seen", "kind");
    private final List<String> order = new ArrayList<>();

    private ImportancePlot() {}

    static String draw(FeatureImportance importance) {
        ImportancePlot plot = new ImportancePlot();
        plot.add(FEATURE, importance.features(), "", importance.loss());
        plot.add(FAMILY, severalIn(importance), "_*", importance.loss());
        return plot.svg(importance);
    }

    /** A family of one is that one. */
    private static List<FeatureImportance.Rise> severalIn(FeatureImportance importance) {
        return importance.families().stream()
                .filter(family -> importance.features().stream()
                                .filter(feature ->
                                        feature.name().split("_", 2)[0].equals(family.name()))
                                .count()
                        > 1)
                .toList();
    }

    private void add(String kind, List<FeatureImportance.Rise> rises, String suffix, double loss) {
        for (FeatureImportance.Rise rise : rises.reversed()) {
            double half = loss > 0 ? 100 * Z * rise.standardError() / loss : 0;
            String seen = Math.abs(rise.percent()) > half ? SEEN : NOISE;
            String name = rise.name() + suffix;
            order.add(name);
            rows.add(name, rise.percent(), rise.percent() - half, rise.percent() + half, seen, kind);
        }
    }

    private String svg(FeatureImportance importance) {
        return new Plot(
                        "Feature importance",
                        "Rise of the loss when a feature is exchanged between %d held-out windows, mean of %d shuffles"
                                .formatted(importance.windows(), importance.repeats()),
                        960,
                        170 + 20 * order.size())
                .axes("Rise of the mean pinball loss, %", "")
                .reference("vline", Map.of("xintercept", 0.0))
                .layer(
                        "segment",
                        rows,
                        Map.of("x", "low", "xend", "high", "y", "name", "yend", "name", "color", "seen"),
                        Map.of("size", 1.2))
                .layer(
                        "point",
                        rows,
                        Map.of("x", "percent", "y", "name", "color", "seen", "shape", "kind"),
                        Map.of("size", 3.6))
                .legend("color", List.of(SEEN, NOISE), List.of(Plot.BLUE, Plot.GREY))
                .legend("shape", List.of(FAMILY, FEATURE), List.of(15, 16))
                .scale("y", Map.of("discrete", true, "limits", order, "expand", List.of(0.0, 0.7)))
                .svg("feature-importance");
    }
}
