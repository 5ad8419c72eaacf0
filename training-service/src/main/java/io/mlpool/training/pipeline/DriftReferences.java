package io.mlpool.training.pipeline;

import io.mlpool.drift.Bins;
import io.mlpool.drift.Column;
import io.mlpool.drift.DriftReference;
import io.mlpool.drift.Stretches;
import io.mlpool.drift.Tally;
import io.mlpool.model.Calibration;
import io.mlpool.model.Forecaster;
import io.mlpool.model.WatchedValues;
import io.mlpool.training.dataset.Sample;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a model is watched against, from its train slice: features of all of its windows, and what the model says to some of them,
 * drawn by lot. Stretches are counted back from the end of the slice; what is left over at its beginning belongs to none.
 */
final class DriftReferences {

    /** Bins and the rarest values come from so many windows at most: enough to know one in a thousand. */
    private static final int SAMPLED = 50_000;

    /** The model is asked about so many at most: some hundred in each week of two years. */
    private static final int ASKED = 20_000;

    private DriftReferences() {}

    /** Null where the train slice is shorter than {@link Stretches#FEWEST} stretches: nobody knows then what is usual. */
    static @Nullable DriftReference of(WindowSet train, Forecaster model, Calibration calibration, long seed) {
        WatchedValues watched = new WatchedValues(train.schema(), train.shape());
        List<WindowSet> stretches = stretches(train);
        if (stretches.size() < Stretches.FEWEST) {
            return null;
        }
        SplittableRandom random = new SplittableRandom(seed);
        WindowSet sample = drawn(train, SAMPLED, random);
        List<Column> features = columns(
                watched.featureNames(),
                bins -> stretches.stream()
                        .map(part -> features(watched, part, bins))
                        .toList(),
                rows(watched, sample));
        Forecasts asked = Forecasts.of(model, drawn(train, ASKED, random));
        List<Column> forecast = columns(
                watched.forecastNames(),
                bins -> stretches.stream()
                        .map(part -> answers(watched, calibration, part, asked, bins))
                        .toList(),
                answers(watched, calibration, asked, 0, asked.windows().size()));
        return new DriftReference(
                DriftReference.DAYS,
                stretches.stream().mapToInt(DriftReferences::bars).average().orElseThrow(),
                stretches.stream()
                        .mapToDouble(part -> part.size() / (double) bars(part))
                        .average()
                        .orElseThrow(),
                Stream.concat(features.stream(), forecast.stream()).toList(),
                unusual(features, rows(watched, sample)));
    }

    /** Whole ones, oldest first, without those that a gap left empty. */
    private static List<WindowSet> stretches(WindowSet train) {
        List<WindowSet> stretches = new ArrayList<>();
        Duration length = Duration.ofDays(DriftReference.DAYS);
        Instant until = train.asOf(train.size() - 1).plusNanos(1);
        for (Instant from = until.minus(length); !from.isBefore(train.asOf(0)); from = from.minus(length)) {
            WindowSet stretch = train.between(from, from.plus(length));
            if (stretch.size() > 0) {
                stretches.addFirst(stretch);
            }
        }
        return stretches;
    }

    private static int bars(WindowSet stretch) {
        int bars = 0;
        for (int i = 0; i < stretch.size(); i++) {
            bars += i == 0 || !stretch.asOf(i).equals(stretch.asOf(i - 1)) ? 1 : 0;
        }
        return bars;
    }

    private static WindowSet drawn(WindowSet windows, int count, SplittableRandom random) {
        int[] positions = Sample.of(windows.size(), count, random);
        Arrays.sort(positions);
        return windows.select(positions);
    }

    private static List<Column> columns(
            List<String> names, Function<List<Bins>, List<Tally>> tallies, List<double[]> sample) {
        List<double[]> sorted = IntStream.range(0, names.size())
                .mapToObj(
                        i -> sample.stream().mapToDouble(row -> row[i]).sorted().toArray())
                .toList();
        List<Bins> bins = sorted.stream().map(Bins::of).toList();
        Stretches stretches = new Stretches(tallies.apply(bins));
        return IntStream.range(0, names.size())
                .mapToObj(i -> stretches.column(i, names.get(i), bins.get(i), sorted.get(i)))
                .toList();
    }

    private static Tally features(WatchedValues watched, WindowSet windows, List<Bins> bins) {
        Tally tally = new Tally(bins);
        float[] bar = new float[windows.schema().width()];
        for (int i = 0; i < windows.size(); i++) {
            windows.copyNewest(i, bar);
            tally.add(watched.features(bar, 0));
        }
        return tally;
    }

    private static List<double[]> rows(WatchedValues watched, WindowSet windows) {
        float[] bar = new float[windows.schema().width()];
        return IntStream.range(0, windows.size())
                .mapToObj(i -> {
                    windows.copyNewest(i, bar);
                    return watched.features(bar, 0);
                })
                .toList();
    }

    /** Of the forecasts that lie within this stretch. */
    private static Tally answers(
            WatchedValues watched, Calibration calibration, WindowSet stretch, Forecasts asked, List<Bins> bins) {
        Tally tally = new Tally(bins);
        int from = asked.windows().position(stretch.asOf(0));
        int until = asked.windows().position(stretch.asOf(stretch.size() - 1).plusNanos(1));
        answers(watched, calibration, asked, from, until).forEach(tally::add);
        return tally;
    }

    private static List<double[]> answers(
            WatchedValues watched, Calibration calibration, Forecasts asked, int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(i -> watched.forecast(calibration, asked.quantiles(), i))
                .toList();
    }

    private static double unusual(List<Column> features, List<double[]> rows) {
        double[] excess = rows.stream()
                .mapToDouble(row -> DriftReference.excess(features, row))
                .sorted()
                .toArray();
        return excess[excess.length - 1 - excess.length / 1_000];
    }
}
