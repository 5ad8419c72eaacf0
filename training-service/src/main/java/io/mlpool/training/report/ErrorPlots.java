package io.mlpool.training.report;

import io.mlpool.model.Horizon;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a model is more wrong than elsewhere, always beside the naive forecast on the same windows. */
final class ErrorPlots {

    private static final String NAIVE = "naive forecast";
    private static final String LOSS = "Mean pinball loss of the scaled return";

    private ErrorPlots() {}

    /** By the hour of the day at which a forecast was made; empty when all were made at the same. */
    static Optional<String> byHour(List<Errors.ByHour> errors) {
        if (errors.stream().map(Errors.ByHour::hour).distinct().count() < 2) {
            return Optional.empty();
        }
        Rows rows = new Rows("horizon", "hour", "loss", "naive", "whose", "verdict");
        List<Horizon> horizons = horizons(errors.stream().map(Errors.ByHour::horizon));
        for (Errors.ByHour one : errors) {
            LossPair losses = one.losses();
            String verdict = losses.verdict().label();
            rows.add(panel(horizons, one.horizon()), one.hour(), losses.loss(), losses.naiveLoss(), NAIVE, verdict);
        }
        return Optional.of(verdicts(new Plot(
                                "Loss by hour of the day",
                                "Hour at which the forecast was made; colour says whether the model differs (95 %)",
                                960,
                                420)
                        .axes("Hour of the day (UTC)", LOSS)
                        .layer("line", rows, Map.of("x", "hour", "y", "naive", "color", "whose"), Map.of("size", 1))
                        .layer("line", rows, Map.of("x", "hour", "y", "loss"), Map.of("size", 1, "color", Plot.BLUE))
                        .layer(
                                "point",
                                rows,
                                Map.of("x", "hour", "y", "loss", "color", "verdict"),
                                Map.of("size", 3.2)))
                .scale("x", Map.of("breaks", List.of(0.0, 6.0, 12.0, 18.0, 23.0), "format", "d"))
                .facets(Map.of("name", "wrap", "facets", List.of("horizon"), "nrow", 1, "order", List.of(1)))
                .svg("error-by-hour"));
    }

    /** By asset, at the top that with the highest loss at the nearest horizon. */
    static String byAsset(List<Errors.ByAsset> errors) {
        Rows rows = new Rows("horizon", "asset", "loss", "naive", "whose", "verdict");
        List<Horizon> horizons = horizons(errors.stream().map(Errors.ByAsset::horizon));
        List<String> order = order(errors);
        for (String asset : order) {
            for (Errors.ByAsset one : errors) {
                if (one.asset().equals(asset)) {
                    LossPair losses = one.losses();
                    String verdict = losses.verdict().label();
                    rows.add(panel(horizons, one.horizon()), asset, losses.loss(), losses.naiveLoss(), NAIVE, verdict);
                }
            }
        }
        return verdicts(new Plot(
                                "Loss by asset",
                                "Grey is the naive forecast on the same windows; colour says whether the model differs (95 %)",
                                960,
                                190 + 22 * order.size())
                        .axes(LOSS, "")
                        .layer(
                                "segment",
                                rows,
                                Map.of("x", "naive", "xend", "loss", "y", "asset", "yend", "asset"),
                                Map.of("size", 1, "color", "#BBBBBB"))
                        .layer("point", rows, Map.of("x", "naive", "y", "asset", "color", "whose"), Map.of("size", 3.6))
                        .layer(
                                "point",
                                rows,
                                Map.of("x", "loss", "y", "asset", "color", "verdict"),
                                Map.of("size", 3.6)))
                .scale("y", Map.of("discrete", true, "limits", order, "expand", List.of(0.0, 0.7)))
                .facets(Map.of("name", "wrap", "facets", List.of("horizon"), "nrow", 1, "order", List.of(1)))
                .svg("error-by-asset");
    }

    private static List<String> order(List<Errors.ByAsset> errors) {
        return errors.stream()
                .filter(one -> one.horizon().equals(errors.getFirst().horizon()))
                .sorted(Comparator.comparingDouble(one -> one.losses().loss()))
                .map(Errors.ByAsset::asset)
                .toList();
    }

    private static List<Horizon> horizons(Stream<Horizon> all) {
        return all.distinct().toList();
    }

    private static String panel(List<Horizon> horizons, Horizon horizon) {
        return Plot.panel(horizons.indexOf(horizon), horizon + " ahead");
    }

    private static Plot verdicts(Plot plot) {
        return plot.legend(
                "color",
                List.of(
                        NAIVE,
                        LossPair.Verdict.LOWER.label(),
                        LossPair.Verdict.EVEN.label(),
                        LossPair.Verdict.HIGHER.label()),
                List.of(Plot.GREY, Plot.BLUE, "#9CC9E8", Plot.VERMILION));
    }
}
