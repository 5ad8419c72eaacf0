package io.mlpool.training.report;

import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The last forecasts of the longest horizon on the prices that came. Over years nobody would see how wide the bands are. */
final class PriceFan {

    private static final int TIMES = 504;

    private static final String PRICE = "price";
    private static final String MEDIAN = "median forecast";
    private static final List<Band> BANDS = List.of(
            new Band("90 %", 0.05, "#CFE3F1"), new Band("80 %", 0.1, "#A3CAE6"), new Band("50 %", 0.25, "#5FA5D3"));

    private final Forecasts forecasts;
    private final int horizon;
    private final Rows bands = new Rows("asset", "time", "low", "high", "interval");
    private final Rows lines = new Rows("asset", "time", "price", "line");

    /** @param tail probability below it, and above it */
    private record Band(String label, double tail, Object shade) {}

    private PriceFan(Forecasts forecasts) {
        this.forecasts = forecasts;
        this.horizon = forecasts.windows().shape().horizons().size() - 1;
    }

    static String draw(Forecasts forecasts) {
        PriceFan fan = new PriceFan(forecasts);
        List<String> assets = ForecastFan.shown(forecasts.windows());
        assets.forEach(asset -> fan.add(asset, Plot.panel(assets.indexOf(asset), asset)));
        return fan.plot(assets.size());
    }

    private void add(String asset, String panel) {
        WindowSet windows = forecasts.windows();
        int[] known = IntStream.range(0, windows.size())
                .filter(i -> windows.asset(i).equals(asset) && !Float.isNaN(windows.target(i, horizon)))
                .toArray();
        for (int k = Math.max(0, known.length - TIMES); k < known.length; k++) {
            int i = known[k];
            long time = windows.asOf(i)
                    .plus(windows.shape().horizons().get(horizon).duration())
                    .toEpochMilli();
            for (Band band : BANDS) {
                double low = quantile(i, band.tail());
                bands.add(panel, time, price(i, low), price(i, quantile(i, 1 - band.tail())), band.label());
            }
            lines.add(panel, time, price(i, quantile(i, 0.5)), MEDIAN);
            lines.add(panel, time, price(i, windows.target(i, horizon)), PRICE);
        }
    }

    private double quantile(int i, double level) {
        return forecasts.quantile(
                i, horizon, ForecastFan.nearest(forecasts.windows().shape().levels(), level));
    }

    private double price(int i, double scaledReturn) {
        WindowSet windows = forecasts.windows();
        return windows.lastPrice(i) * (1 + windows.change(i, horizon, scaledReturn));
    }

    private String plot(int assets) {
        return new Plot(
                        "The last forecasts on the price, %s ahead"
                                .formatted(
                                        forecasts.windows().shape().horizons().get(horizon)),
                        "Each point is a forecast made one horizon before its time; bands are the central 50, 80 and 90 % intervals",
                        960,
                        120 + 260 * assets)
                .axes("Time of the outcome (UTC)", "Price")
                .layer(
                        "ribbon",
                        bands,
                        Map.of("x", "time", "ymin", "low", "ymax", "high", "fill", "interval"),
                        Map.of("size", 0, "alpha", 1))
                .layer("line", lines, Map.of("x", "time", "y", "price", "color", "line"), Map.of("size", 0.7))
                .legend(
                        "fill",
                        BANDS.stream().map(Band::label).toList(),
                        BANDS.stream().map(Band::shade).toList())
                .legend("color", List.of(PRICE, MEDIAN), List.of(Plot.INK, Plot.VERMILION))
                .scale("x", Map.of("datetime", true, "format", "%d %b %y"))
                .scale("y", Map.of("trans", "log10"))
                .facets(Map.of("name", "grid", "y", "asset", "scales", "free_y"))
                .svg("price-fan");
    }
}
