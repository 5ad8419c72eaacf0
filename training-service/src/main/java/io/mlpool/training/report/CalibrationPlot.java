package io.mlpool.training.report;

import java.util.List;
import java.util.Map;

/** Nominal against observed frequencies of the quantiles: on the diagonal a forecast keeps its word. */
final class CalibrationPlot {

    private static final double Z = 1.959963984540054;
    private static final String BEFORE = "before calibration";
    private static final String AFTER = "as served (bars: 95 %)";
    private static final String NAIVE = "naive forecast";

    private CalibrationPlot() {}

    static String draw(List<Errors.Reliability> reliability) {
        Rows shares = new Rows("horizon", "nominal", "observed", "forecast");
        Rows bars = new Rows("horizon", "nominal", "low", "high", "forecast");
        for (Errors.Reliability one : reliability) {
            String horizon = one.horizon() + " ahead";
            shares.add(horizon, 100 * one.level(), 100 * one.naive(), NAIVE);
            shares.add(horizon, 100 * one.level(), 100 * one.uncalibrated(), BEFORE);
            shares.add(horizon, 100 * one.level(), 100 * one.observed(), AFTER);
            double half = Z * one.standardError();
            bars.add(
                    horizon,
                    100 * one.level(),
                    100 * Math.max(0, one.observed() - half),
                    100 * Math.min(1, one.observed() + half),
                    AFTER);
        }
        return new Plot(
                        "Calibration on the held-out windows",
                        "Above the diagonal outcomes lie below the quantile too often, under it too rarely",
                        960,
                        440)
                .axes("Nominal: share that should lie at or below the quantile, %", "Observed share, %")
                .reference("abline", Map.of("slope", 1, "intercept", 0))
                .layer(
                        "line",
                        shares,
                        Map.of("x", "nominal", "y", "observed", "color", "forecast"),
                        Map.of("size", 0.7))
                .layer(
                        "point",
                        shares,
                        Map.of("x", "nominal", "y", "observed", "color", "forecast", "shape", "forecast"),
                        Map.of("size", 3))
                .layer(
                        "errorbar",
                        bars,
                        Map.of("x", "nominal", "ymin", "low", "ymax", "high", "color", "forecast"),
                        Map.of("width", 2, "size", 0.8))
                .legend("color", List.of(AFTER, BEFORE, NAIVE), List.of(Plot.BLUE, Plot.VERMILION, Plot.GREY))
                .legend("shape", List.of(AFTER, BEFORE, NAIVE), List.of(16, 1, 4))
                .scale("x", Map.of("limits", List.of(0, 100), "breaks", List.of(5, 25, 50, 75, 95)))
                .scale("y", Map.of("limits", List.of(0, 100), "breaks", List.of(5, 25, 50, 75, 95)))
                .facets(Map.of("name", "wrap", "facets", List.of("horizon"), "nrow", 1, "order", List.of(0)))
                .svg("calibration");
    }
}
