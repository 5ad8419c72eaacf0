package io.mlpool.training.anomaly;

import io.mlpool.anomaly.CandlePoints;
import io.mlpool.anomaly.IsolationForest;
import io.mlpool.market.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Measures a model on held-out candles. */
record Measuring(AnomalySettings settings, Interval interval, long seed) {

    /** More candles tell the rank correlation no better. */
    private static final int MOST_RANKED = 20_000;

    private static final int OTHER_SEEDS = 2;

    AnomalyEvaluation measure(AnomalyGate.Contender candidate, AnomalyGate.Contender naive, Growing growing) {
        PointSet heldOut = candidate.detector().points();
        double threshold = candidate.threshold(settings.budget(), interval);
        Alarms alarms = Alarms.of(candidate.detector(), heldOut, interval);
        InjectedAnomalies injected = InjectedAnomalies.into(heldOut, settings.injected(), seed);
        return new AnomalyEvaluation(
                heldOut.from(),
                heldOut.until(),
                alarms.candles(),
                alarms.perWeek(threshold),
                alarms.ofBudget(threshold, settings.budget()),
                stability(candidate.detector(), alarms, growing),
                rates(injected, injected.found(candidate.detector(), threshold)),
                rates(injected, injected.found(naive.detector(), naive.threshold(settings.budget(), interval))),
                crashes(alarms, threshold));
    }

    private static Map<String, Double> rates(InjectedAnomalies injected, boolean[] found) {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (Injection kind : Injection.values()) {
            rates.put(kind.label(), injected.rate(kind, found));
        }
        rates.put(AnomalyEvaluation.ALL, InjectedAnomalies.rate(found));
        return rates;
    }

    private double stability(Detector detector, Alarms alarms, Growing growing) {
        int step = Math.max(1, alarms.candles() / MOST_RANKED);
        List<PointSet.Place> some = Stream.iterate(0, i -> i < alarms.candles(), i -> i + step)
                .map(alarms.places()::get)
                .toList();
        float[] rows = detector.rows(some);
        float[] own = detector.scorer().scores(rows, some.size());
        double sum = 0;
        for (int other = 1; other <= OTHER_SEEDS; other++) {
            IsolationForest forest = growing.forest(seed + other);
            sum += RankCorrelation.of(own, forest.scores(rows, some.size()));
        }
        return sum / OTHER_SEEDS;
    }

    /** A disturbance may have been told before the crash had its worst hour: whatever scores above the threshold counts here. */
    private static Map<String, Double> crashes(Alarms alarms, double threshold) {
        Map<String, Double> crashes = new LinkedHashMap<>();
        for (KnownCrash crash : KnownCrash.values()) {
            Map<CandlePoints, Boolean> found = new LinkedHashMap<>();
            for (int i = 0; i < alarms.candles(); i++) {
                PointSet.Place place = alarms.places().get(i);
                if (crash.covers(place.points().closeTime(place.candle()))) {
                    found.merge(place.points(), alarms.score(i) > threshold, Boolean::logicalOr);
                }
            }
            if (!found.isEmpty()) {
                long told = found.values().stream().filter(one -> one).count();
                crashes.put(crash.name().toLowerCase(Locale.ROOT), (double) told / found.size());
            }
        }
        return crashes;
    }
}
