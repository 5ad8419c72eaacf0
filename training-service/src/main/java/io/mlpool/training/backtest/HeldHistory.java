package io.mlpool.training.backtest;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.features.FeatureSchema;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.SeriesSummary;
import io.mlpool.settings.Misspelling;
import io.mlpool.training.pipeline.TrainingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether the candles that are held allow for a backtest, by what their ends tell: who would have to wait for a refusal until a model
 * is to be trained gets it at once.
 *
 * @param series of the interval
 * @param warmUp from the open of a series to the close of its first window
 * @param horizon the longest that is forecast
 */
record HeldHistory(Interval interval, List<SeriesSummary> series, Duration warmUp, Duration horizon) {

    /** Names that are told where an asset is unknown, and unknown assets for which they are looked up: that takes a while among thousands. */
    private static final int NEAR = 3;

    /** A model that learned from less than so many times the longest horizon knows next to nothing of it. */
    private static final int LEAST_HORIZONS = 10;

    HeldHistory {
        series = List.copyOf(series);
    }

    static HeldHistory of(List<SeriesSummary> all, Interval interval, TrainingSettings settings) {
        int bars = FeatureSchema.price(interval, settings.steps(), List.of()).windowBars();
        return new HeldHistory(
                interval,
                all.stream()
                        .filter(one -> one.key().interval() == interval
                                && one.key().vsCurrency().equals(SeriesKey.USD))
                        .toList(),
                interval.duration().multipliedBy(bars),
                settings.shape(interval).horizons().getLast().duration());
    }

    /**
     * Refuses what cannot be done.
     *
     * @param limits how much there must be to learn from, and how much may be asked
     * @throws InvalidRequestException with what there is instead
     */
    void require(BacktestSpec spec, BacktestProperties limits) {
        requireKnown(spec);
        requireCandles(spec);
        requireOutcomes(spec);
        requireHistory(spec, limits.leastWindows());
        long asked = asked(spec).stream()
                .mapToLong(one -> bars(
                        Duration.between(later(one.firstOpen(), spec.from()), earlier(one.lastClose(), spec.to()))))
                .sum();
        if (asked > limits.mostWindows()) {
            throw refused(
                    "to",
                    spec.to(),
                    String.format(
                            Locale.ROOT,
                            "these are up to %,d forecasts of each horizon, a backtest makes at most %,d (mlpool.training.backtest.most-windows): name assets, or a shorter time",
                            asked,
                            limits.mostWindows()));
        }
    }

    private void requireKnown(BacktestSpec spec) {
        Set<String> known = series.stream().map(one -> one.key().asset()).collect(Collectors.toSet());
        List<ErrorDetail> unknown = new ArrayList<>();
        for (int i = 0; i < spec.assets().size(); i++) {
            String asset = spec.assets().get(i);
            if (!known.contains(asset)) {
                String near = unknown.size() < NEAR ? near(asset, known) : "";
                unknown.add(new ErrorDetail(
                        "value_error",
                        List.of("body", "assets", i),
                        "there are no %s candles of it%s".formatted(interval, near),
                        asset));
            }
        }
        if (!unknown.isEmpty()) {
            throw new InvalidRequestException(unknown);
        }
    }

    private static String near(String asset, Set<String> known) {
        String near = known.stream()
                .sorted(Comparator.<String>comparingInt(one -> Misspelling.distance(asset, one))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(NEAR)
                .collect(Collectors.joining(", "));
        return near.isEmpty() ? " or of any other asset" : ", there are of %s".formatted(near);
    }

    /** An asset that is named must have candles then; of all there are one is enough. */
    private void requireCandles(BacktestSpec spec) {
        List<SeriesSummary> asked = asked(spec);
        List<SeriesSummary> missing =
                asked.stream().filter(one -> !isHeld(one, spec)).toList();
        if (!missing.isEmpty() && (!spec.assets().isEmpty() || missing.size() == asked.size())) {
            throw refused(
                    "from",
                    spec.from(),
                    "there are no %s candles between %s and %s: %s"
                            .formatted(
                                    interval,
                                    spec.from(),
                                    spec.to(),
                                    missing.stream()
                                            .limit(NEAR)
                                            .map(HeldHistory::held)
                                            .collect(Collectors.joining(", "))));
        }
        if (asked.isEmpty()) {
            throw refused(
                    "interval",
                    interval.label(),
                    "there are no %s candles at all: import or fetch some first".formatted(interval));
        }
    }

    private static String held(SeriesSummary one) {
        return "those of %s are from %s to %s".formatted(one.key().asset(), one.firstOpen(), one.lastClose());
    }

    /** A forecast of the longest horizon must have come true, or there is nothing to compare. */
    private void requireOutcomes(BacktestSpec spec) {
        Instant newest = asked(spec).stream()
                .map(SeriesSummary::lastClose)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Instant latest = newest.minus(horizon).minus(interval.duration());
        if (spec.from().isAfter(latest)) {
            throw refused(
                    "from",
                    spec.from(),
                    "what comes of a forecast is known %d hours later, and the newest %s candle closed at %s: from must be %s or before"
                            .formatted(horizon.toHours(), interval, newest, latest));
        }
    }

    private void requireHistory(BacktestSpec spec, int least) {
        if (isEnough(spec.from(), least)) {
            return;
        }
        throw refused(
                "from",
                spec.from(),
                String.format(
                        Locale.ROOT,
                        "there is too little to learn from before %s: a model takes %,d windows of history, and %d times its longest horizon; %s",
                        spec.from(),
                        least,
                        LEAST_HORIZONS,
                        earliest(least)
                                .map("from %s on there is enough"::formatted)
                                .orElse("all candles there are do not suffice, import or fetch more")));
    }

    /** The first full hour, or close of a longer candle, from which there is enough. */
    private Optional<Instant> earliest(int least) {
        long step = Math.max(interval.seconds(), Duration.ofHours(1).toSeconds());
        long low = series.stream()
                .mapToLong(one -> one.firstOpen().getEpochSecond() / step)
                .min()
                .orElseThrow();
        long newest = series.stream()
                .mapToLong(one -> one.lastClose().getEpochSecond() / step)
                .max()
                .orElseThrow();
        long high = newest + 1;
        while (low < high) {
            long middle = (low + high) / 2;
            if (isEnough(Instant.ofEpochSecond(middle * step), least)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return high > newest ? Optional.empty() : Optional.of(Instant.ofEpochSecond(high * step));
    }

    /** What a model that begins then could learn from: windows whose outcome is known by then. */
    private boolean isEnough(Instant from, int least) {
        Duration shortest = horizon.multipliedBy(LEAST_HORIZONS);
        List<Duration> learned = series.stream()
                .map(one -> Duration.between(
                        one.firstOpen().plus(warmUp),
                        earlier(one.lastClose(), from).minus(horizon)))
                .toList();
        return learned.stream().anyMatch(time -> time.compareTo(shortest) >= 0)
                && learned.stream().mapToLong(this::bars).sum() >= least;
    }

    private List<SeriesSummary> asked(BacktestSpec spec) {
        return series.stream()
                .filter(one -> spec.assets().isEmpty()
                        || spec.assets().contains(one.key().asset()))
                .toList();
    }

    private static boolean isHeld(SeriesSummary one, BacktestSpec spec) {
        return one.firstOpen().isBefore(spec.to()) && one.lastClose().isAfter(spec.from());
    }

    private long bars(Duration time) {
        return Math.max(0, time.dividedBy(interval.duration()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static InvalidRequestException refused(String field, Object input, String why) {
        return InvalidRequestException.of("value_error", List.of("body", field), why, input.toString());
    }
}
