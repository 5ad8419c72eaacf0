package io.mlpool.training.report;

import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The last held-out forecasts of a few assets against what happened. In percent of the price when the forecast was made: drawn
 * as prices, any forecast that stays near the last price would look good.
 */
final class ForecastFan {

    private static final int ASSETS = 2;
    private static final int TIMES = 168;
    private static final String MEDIAN = "median forecast";
    private static final String ACTUAL = "what happened";
    private static final Map<String, String> SHADES = Map.of("90 %", "#CFE3F1", "80 %", "#A3CAE6", "50 %", "#5FA5D3");
    private static final List<String> INTERVALS = List.of("90 %", "80 %", "50 %");

    private final Forecasts forecasts;
    private final Rows bands = new Rows("asset", "horizon", "time", "low", "high", "interval");
    private final Rows lines = new Rows("asset", "horizon", "time", "change", "line");

    private ForecastFan(Forecasts forecasts) {
        this.forecasts = forecasts;
    }

    static String draw(Judged judged) {
        ForecastFan fan = new ForecastFan(judged.forecasts());
        for (int h = 0; h < judged.horizons(); h++) {
            int position = 0;
            for (String asset : shown(judged.windows())) {
                fan.add(asset, position++, h, judged.bars(h));
            }
        }
        return fan.plot(judged.horizons());
    }

    /** Assets with the most windows, alphabetically where they are even; the one that leads the market first. */
    static List<String> shown(WindowSet windows) {
        Map<String, Long> counts = IntStream.range(0, windows.size())
                .mapToObj(windows::asset)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Comparator.comparing(
                                (Map.Entry<String, Long> one) -> !one.getKey().equals("bitcoin"))
                        .thenComparing(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(ASSETS)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void add(String asset, int position, int horizon, int bars) {
        WindowSet windows = forecasts.windows();
        String column = Plot.panel(position, asset);
        String row = Plot.panel(horizon, windows.shape().horizons().get(horizon) + " ahead");
        int[] known = IntStream.range(0, windows.size())
                .filter(i -> windows.asset(i).equals(asset) && !Float.isNaN(windows.target(i, horizon)))
                .toArray();
        for (int k = Math.max(0, known.length - TIMES); k < known.length; k++) {
            int i = known[k];
            double scale = windows.volatility(i) * Math.sqrt(bars);
            long time = windows.asOf(i)
                    .plus(windows.shape().horizons().get(horizon).duration())
                    .toEpochMilli();
            for (String interval : INTERVALS) {
                double tail = (100 - Integer.parseInt(interval.substring(0, 2))) / 200.0;
                bands.add(
                        column,
                        row,
                        time,
                        percent(quantile(i, horizon, tail) * scale),
                        percent(quantile(i, horizon, 1 - tail) * scale),
                        interval);
            }
            lines.add(column, row, time, percent(quantile(i, horizon, 0.5) * scale), MEDIAN);
            lines.add(column, row, time, percent(windows.target(i, horizon) * scale), ACTUAL);
        }
    }

    private double quantile(int i, int horizon, double level) {
        return forecasts.quantile(
                i, horizon, nearest(forecasts.windows().shape().levels(), level));
    }

    /** Position of the level that is nearest to the one wanted. */
    static int nearest(List<Double> levels, double level) {
        return IntStream.range(0, levels.size())
                .boxed()
                .min(Comparator.comparingDouble(at -> Math.abs(levels.get(at) - level)))
                .orElseThrow();
    }

    private static double percent(double logReturn) {
        return 100 * Math.expm1(logReturn);
    }

    private String plot(int horizons) {
        return new Plot(
                        "The last forecasts and what happened",
                        "Each point is a forecast made one horizon before its time; bands are the central 50, 80 and 90 % intervals",
                        960,
                        150 + 190 * horizons)
                .axes("Time of the outcome (UTC)", "Change over the horizon, %")
                .layer(
                        "ribbon",
                        bands,
                        Map.of("x", "time", "ymin", "low", "ymax", "high", "fill", "interval"),
                        Map.of("size", 0, "alpha", 1))
                .reference("hline", Map.of("yintercept", 0, "size", 0.5))
                .layer("line", lines, Map.of("x", "time", "y", "change", "color", "line"), Map.of("size", 0.9))
                .legend(
                        "fill",
                        INTERVALS,
                        INTERVALS.stream()
                                .map(label -> (Object) SHADES.get(label))
                                .toList())
                .legend("color", List.of(ACTUAL, MEDIAN), List.of(Plot.INK, Plot.VERMILION))
                .scale("x", Map.of("datetime", true, "format", "%d %b"))
                .facets(Map.of("name", "grid", "x", "asset", "y", "horizon", "scales", "free_y"))
                .svg("forecast-fan");
    }
}
