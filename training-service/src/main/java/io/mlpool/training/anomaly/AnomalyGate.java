package io.mlpool.training.anomaly;

import io.mlpool.anomaly.AlarmBudget;
import io.mlpool.market.Interval;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a candidate goes live. It must keep to the budget of alarms on candles that nothing was made of, find more of the injected
 * anomalies than the naive detector, and not fewer than the champion. All thresholds are set on the same candles for the same budget: who
 * tells more finds more.
 */
final class AnomalyGate {

    private final AnomalySettings settings;

    AnomalyGate(AnomalySettings settings) {
        this.settings = settings;
    }

    /**
     * A detector with its own points of the candles that the threshold is set on, and of those that it is judged on.
     *
     * @param detector whose points are those it is judged on
     */
    record Contender(Detector detector, PointSet calibration) {

        double threshold(AlarmBudget budget, Interval interval) {
            return Alarms.of(detector, calibration, interval).threshold(budget);
        }

        /** The same on other candles. */
        Contender judgedOn(PointSet points) {
            return new Contender(
                    new Detector(detector.name(), detector.dimensions(), detector.scorer(), points), calibration);
        }
    }

    /**
     * A live version.
     *
     * @param version registered version
     */
    record Champion(int version, Contender contender) {}

    /**
     * Judges a candidate.
     *
     * @param seed of the injected anomalies
     */
    AnomalyDecision decide(
            Contender candidate, Contender naive, Optional<Champion> champion, Interval interval, long seed) {
        @Nullable Integer version = champion.map(Champion::version).orElse(null);
        PointSet judged = candidate.detector().points();
        int candles = judged.places().size();
        if (candles < settings.rules().fewestCandles()) {
            return AnomalyDecision.refused(
                    "Not promoted: only %d candles after the last training can be scored, %d are needed."
                            .formatted(candles, settings.rules().fewestCandles()),
                    version);
        }
        InjectedAnomalies injected = InjectedAnomalies.into(judged, settings.injected(), seed);
        double threshold = candidate.threshold(settings.budget(), interval);
        boolean[] found = injected.found(candidate.detector(), threshold);
        double ofBudget = Alarms.of(candidate.detector(), judged, interval).ofBudget(threshold, settings.budget());
        DetectionComparison againstNaive = against(naive, injected, found, interval);
        @Nullable DetectionComparison againstChampion = champion.map(one -> against(one.contender(), injected, found, interval))
                .orElse(null);
        Optional<String> objection = objection(ofBudget, againstNaive, againstChampion);
        return new AnomalyDecision(
                objection.isEmpty(),
                objection
                        .map("Not promoted: "::concat)
                        .orElseGet(() -> praise(ofBudget, againstNaive, againstChampion)),
                version,
                judged.from(),
                judged.until(),
                ofBudget,
                againstNaive,
                againstChampion);
    }

    private DetectionComparison against(
            Contender opponent, InjectedAnomalies injected, boolean[] found, Interval interval) {
        double threshold = opponent.threshold(settings.budget(), interval);
        return DetectionComparison.of(
                opponent.detector().name(),
                found,
                injected.found(opponent.detector(), threshold),
                settings.rules().level());
    }

    private Optional<String> objection(
            double ofBudget, DetectionComparison naive, @Nullable DetectionComparison champion) {
        AnomalySettings.Rules rules = settings.rules();
        if (ofBudget < rules.fewestAlarms() || ofBudget > rules.mostAlarms()) {
            return Optional.of("it told %s times as much as the budget allows, %s to %s are right."
                    .formatted(number(ofBudget), number(rules.fewestAlarms()), number(rules.mostAlarms())));
        }
        if (!(naive.least() > 0)) {
            return Optional.of(
                    "it is not beyond doubt that it finds more than the naive detector: %s.".formatted(inWords(naive)));
        }
        if (champion != null && !(champion.least() > -rules.margin())) {
            return Optional.of("it may find fewer than the champion: %s.".formatted(inWords(champion)));
        }
        return Optional.empty();
    }

    private static String praise(double ofBudget, DetectionComparison naive, @Nullable DetectionComparison champion) {
        String opponents = champion == null ? inWords(naive) : inWords(naive) + ", " + inWords(champion);
        return "Promoted: it told %s times what the budget allows; %s.".formatted(number(ofBudget), opponents);
    }

    private static String inWords(DetectionComparison comparison) {
        return String.format(
                Locale.ROOT,
                "it found %.1f %% of the injected anomalies, %s %.1f %% (difference at least %.1f points)",
                100 * comparison.candidateRate(),
                comparison.opponent(),
                100 * comparison.opponentRate(),
                100 * comparison.least());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
