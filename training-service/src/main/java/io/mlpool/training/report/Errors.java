package io.mlpool.training.report;

import io.mlpool.model.Horizon;
import io.mlpool.statistics.HacMean;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.evaluation.TimeMeans;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * {@code errors.json}: where on the held-out windows a model is how wrong.
 *
 * @param byHour hour of the day (UTC) at which the forecast was made
 * @param byAsset in alphabetical order
 * @param reliability how often the outcome lay at or below each quantile
 */
record Errors(List<ByHour> byHour, List<ByAsset> byAsset, List<Reliability> reliability) {

    Errors {
        byHour = List.copyOf(byHour);
        byAsset = List.copyOf(byAsset);
        reliability = List.copyOf(reliability);
    }

    /** Losses of the forecasts made in one hour of the day, 0 to 23, UTC. */
    record ByHour(Horizon horizon, int hour, LossPair losses) {}

    /** Losses of the forecasts for one asset. */
    record ByAsset(Horizon horizon, String asset, LossPair losses) {}

    /**
     * A quantile's promise and what came of it.
     *
     * @param level share of outcomes that should lie at or below the quantile
     * @param observed share that did
     * @param standardError of {@code observed}, robust to overlapping horizons and coins that move together
     * @param uncalibrated share that did before calibration
     * @param naive share that did for the random walk
     */
    record Reliability(
            Horizon horizon, double level, double observed, double standardError, double uncalibrated, double naive) {}

    static Errors of(Judged judged) {
        SortedMap<Integer, Judged> hours = split(
                judged, i -> judged.windows().asOf(i).atOffset(ZoneOffset.UTC).getHour());
        SortedMap<String, Judged> assets = split(judged, judged.windows()::asset);
        List<ByHour> byHour = new ArrayList<>();
        List<ByAsset> byAsset = new ArrayList<>();
        for (int h = 0; h < judged.horizons(); h++) {
            int horizon = h;
            Horizon label = judged.windows().shape().horizons().get(h);
            hours.forEach((hour, part) ->
                    byHour.add(new ByHour(label, hour, LossPair.of(part, horizon, overlapInDays(label)))));
            assets.forEach((asset, part) ->
                    byAsset.add(new ByAsset(label, asset, LossPair.of(part, horizon, judged.bars(horizon)))));
        }
        byHour.removeIf(one -> one.losses().forecasts() == 0);
        byAsset.removeIf(one -> one.losses().forecasts() == 0);
        return new Errors(byHour, byAsset, reliability(judged));
    }

    /** Promises of all quantiles, nearest horizon first. */
    static List<Reliability> reliability(Judged judged) {
        return IntStream.range(0, judged.horizons())
                .boxed()
                .flatMap(horizon -> reliability(judged, horizon).stream())
                .toList();
    }

    private static List<Reliability> reliability(Judged judged, int horizon) {
        WindowSet windows = judged.windows();
        List<Double> levels = windows.shape().levels();
        return IntStream.range(0, levels.size())
                .mapToObj(level -> {
                    HacMean observed = HacMean.of(
                            TimeMeans.of(windows, i -> below(judged.forecasts(), i, horizon, level)),
                            judged.bars(horizon));
                    return new Reliability(
                            windows.shape().horizons().get(horizon),
                            levels.get(level),
                            share(judged.forecasts(), horizon, level),
                            observed.standardError(),
                            share(judged.raw(), horizon, level),
                            share(judged.naive(), horizon, level));
                })
                .toList();
    }

    private static double share(Forecasts forecasts, int horizon, int level) {
        return IntStream.range(0, forecasts.windows().size())
                .mapToDouble(i -> below(forecasts, i, horizon, level))
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(0);
    }

    private static double below(Forecasts forecasts, int i, int horizon, int level) {
        float target = forecasts.windows().target(i, horizon);
        if (Float.isNaN(target)) {
            return Double.NaN;
        }
        return target <= forecasts.quantile(i, horizon, level) ? 1 : 0;
    }

    /** Forecasts of one hour of the day are a day apart. */
    private static int overlapInDays(Horizon horizon) {
        return Math.toIntExact(
                Math.ceilDiv(horizon.duration().toMinutes(), Duration.ofDays(1).toMinutes()));
    }

    private static <K extends Comparable<K>> SortedMap<K, Judged> split(Judged judged, IntFunction<K> key) {
        SortedMap<K, List<Integer>> positions = new TreeMap<>();
        for (int i = 0; i < judged.windows().size(); i++) {
            positions.computeIfAbsent(key.apply(i), _ -> new ArrayList<>()).add(i);
        }
        SortedMap<K, Judged> parts = new TreeMap<>();
        positions.forEach((value, list) -> parts.put(
                value, judged.select(list.stream().mapToInt(Integer::intValue).toArray())));
        return parts;
    }
}
