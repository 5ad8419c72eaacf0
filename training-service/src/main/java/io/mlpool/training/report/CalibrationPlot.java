package io.mlpool.training.report;

import io.mlpool.model.Horizon;
import java.util.List;
import java.util.Map;

/** Nominal against observed frequencies of the quantiles, and below the difference of the two. */
final class CalibrationPlot {

    private static final double Z = 1.959963984540054;
    private static final String BEFORE = "before calibration";
    private static final String AFTER = "as served (bars: 95 %)";
    private static final String UNMOVED = "model (bars: 95 %)";
    private static final String NAIVE = "naive forecast";
    private static final String SHARE = Plot.panel(0, "Observed, %");
    private static final String DIFFERENCE = Plot.panel(1, "Observed - nominal, points");

    private final Rows shares = new Rows("horizon", "measure", "nominal", "observed", "forecast");
    private final Rows bars = new Rows("horizon", "measure", "nominal", "low", "high", "forecast");
    private final Rows perfect = new Rows("horizon", "measure", "nominal", "observed");

    private final boolean calibrated;
    private final String model;

    private CalibrationPlot(boolean calibrated) {
        this.calibrated = calibrated;
        this.model = calibrated ? AFTER : UNMOVED;
    }

    /** Of a model before and after calibration. */
    static String draw(List<Errors.Reliability> reliability) {
        return draw(new CalibrationPlot(true), reliability)
                .svg(
                        "Calibration on the held-out windows",
                        List.of(AFTER, BEFORE, NAIVE),
                        List.of(Plot.BLUE, Plot.VERMILION, Plot.GREY));
    }

    /** Of models as they are. */
    static String drawUncalibrated(List<Errors.Reliability> reliability) {
        return draw(new CalibrationPlot(false), reliability)
                .svg("Calibration over the whole time", List.of(UNMOVED, NAIVE), List.of(Plot.BLUE, Plot.GREY));
    }

    private static CalibrationPlot draw(CalibrationPlot plot, List<Errors.Reliability> reliability) {
        List<Horizon> horizons =
                reliability.stream().map(Errors.Reliability::horizon).distinct().toList();
        for (int h = 0; h < horizons.size(); h++) {
            String panel = Plot.panel(h, horizons.get(h) + " ahead");
            plot.addPerfect(panel);
            for (Errors.Reliability one : reliability) {
                if (one.horizon().equals(horizons.get(h))) {
                    plot.add(panel, SHARE, one, 0);
                    plot.add(panel, DIFFERENCE, one, one.level());
                }
            }
        }
        return plot;
    }

    private void addPerfect(String panel) {
        perfect.add(panel, SHARE, 0.0, 0.0);
        perfect.add(panel, SHARE, 100.0, 100.0);
        perfect.add(panel, DIFFERENCE, 0.0, 0.0);
        perfect.add(panel, DIFFERENCE, 100.0, 0.0);
    }

    private void add(String panel, String measure, Errors.Reliability one, double less) {
        double nominal = 100 * one.level();
        shares.add(panel, measure, nominal, 100 * (one.naive() - less), NAIVE);
        if (calibrated) {
            shares.add(panel, measure, nominal, 100 * (one.uncalibrated() - less), BEFORE);
        }
        shares.add(panel, measure, nominal, 100 * (one.observed() - less), model);
        double half = Z * one.standardError();
        bars.add(
                panel,
                measure,
                nominal,
                100 * (Math.max(0, one.observed() - half) - less),
                100 * (Math.min(1, one.observed() + half) - less),
                model);
    }

    private String svg(String title, List<String> legend, List<Object> colours) {
        Map<String, Object> observed = Map.of("x", "nominal", "y", "observed", "color", "forecast");
        return new Plot(
                        title,
                        "Share of outcomes at or below each quantile against the share that it promises (dashed)",
                        960,
                        600)
                .axes("Nominal share at or below the quantile, %", "")
                .layer(
                        "line",
                        perfect,
                        Map.of("x", "nominal", "y", "observed"),
                        Map.of("color", Plot.GREY, "linetype", "dashed", "size", 0.7))
                .layer("line", shares, observed, Map.of("size", 0.7))
                .layer("point", shares, observed, Map.of("size", 2.4))
                .layer(
                        "linerange",
                        bars,
                        Map.of("x", "nominal", "ymin", "low", "ymax", "high", "color", "forecast"),
                        Map.of("size", 0.9))
                .legend("color", legend, colours)
                .scale("x", Map.of("breaks", List.of(5.0, 25.0, 50.0, 75.0, 95.0), "format", "d"))
                .scale("y", Map.of("format", "d"))
                .facets(Map.of("name", "grid", "x", "horizon", "y", "measure", "scales", "free_y"))
                .svg("calibration");
    }
}
