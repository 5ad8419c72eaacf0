package io.mlpool.training.promotion;

import io.mlpool.model.Horizon;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.naive.RandomWalk;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a candidate goes live. It must beat the naive forecast and the champion, significantly in the mean over the
 * horizons, and must not be significantly worse at any horizon. Only windows count that come after both training cut-offs
 * and a purge.
 */
public final class PromotionGate {

    private final GateRules rules;

    public PromotionGate(GateRules rules) {
        this.rules = rules;
    }

    /**
     * Judges a candidate.
     *
     * @param candidate its calibrated forecasts of windows that it was not trained on
     * @param trainedUntil close time of the newest candle that it saw
     * @param naive fitted on its train slice
     * @param champion the model that is live, with forecasts of the same windows; absent for the first model
     */
    public PromotionDecision decide(
            Forecasts candidate, Instant trainedUntil, RandomWalk naive, Optional<Champion> champion) {
        Duration purge = candidate.windows().shape().horizons().getLast().duration();
        Instant cutOff = champion.map(Champion::trainedUntil)
                .filter(trainedUntil::isBefore)
                .orElse(trainedUntil);
        Forecasts judged = after(candidate, cutOff.plus(purge));
        int times = scoredTimes(judged.windows());
        int needed = rules.needed(bars(judged.windows()));
        Integer version = champion.map(Champion::version).orElse(null);
        if (times < needed) {
            return PromotionDecision.refused(
                    "Not promoted: only %d times after %s, when the last training ended, can be scored at every horizon, %d are needed to tell skill from luck."
                            .formatted(times, cutOff, needed),
                    version,
                    rules.level());
        }
        Comparison againstNaive = Comparison.of("naive", judged, Forecasts.constant(naive, judged.windows()));
        Comparison againstChampion = champion.map(one -> Comparison.of(
                        "champion version " + one.version(), judged, after(one.forecasts(), cutOff.plus(purge))))
                .orElse(null);
        Optional<String> objection = objection(againstNaive)
                .or(() -> Optional.ofNullable(againstChampion).flatMap(this::objection));
        return new PromotionDecision(
                objection.isEmpty(),
                objection.map("Not promoted: "::concat).orElseGet(() -> praise(againstNaive, againstChampion)),
                version,
                judged.windows().asOf(0),
                judged.windows().asOf(judged.windows().size() - 1),
                rules.level(),
                againstNaive,
                againstChampion);
    }

    private Optional<String> objection(Comparison comparison) {
        Comparison.Verdict overall = comparison.overall();
        if (!overall.isBetter(rules.level())) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "its loss is %.2f %% %s than that of the %s over %d times, which chance alone would show with probability %.3f; under %.3f is needed.",
                    Math.abs(overall.improvement()),
                    overall.improvement() > 0 ? "lower" : "higher",
                    comparison.opponent(),
                    overall.times(),
                    overall.probability(),
                    rules.level()));
        }
        String worse = comparison.horizons().stream()
                .filter(one -> one.verdict().isWorse(rules.level()))
                .map(one -> String.format(
                        Locale.ROOT,
                        "%s (%.2f %%)",
                        one.horizon().label(),
                        -one.verdict().improvement()))
                .collect(Collectors.joining(", "));
        return worse.isEmpty()
                ? Optional.empty()
                : Optional.of("better than the %s on the whole, but significantly worse at %s."
                        .formatted(comparison.opponent(), worse));
    }

    private static String praise(Comparison naive, @Nullable Comparison champion) {
        String opponents = champion == null ? winning(naive) : winning(naive) + " and " + winning(champion);
        return "Promoted: its loss is %s, and it is not significantly worse at any horizon.".formatted(opponents);
    }

    private static String winning(Comparison comparison) {
        return String.format(
                Locale.ROOT,
                "%.2f %% lower than that of the %s over %d times (p = %.2g)",
                comparison.overall().improvement(),
                comparison.opponent(),
                comparison.overall().times(),
                comparison.overall().probability());
    }

    private static Forecasts after(Forecasts forecasts, Instant from) {
        return forecasts.slice(
                forecasts.windows().position(from), forecasts.windows().size());
    }

    /** Times at which some asset's targets are known at every horizon. */
    private static int scoredTimes(WindowSet windows) {
        int horizons = windows.shape().horizons().size();
        return (int) IntStream.range(0, windows.size())
                .filter(i -> IntStream.range(0, horizons).noneMatch(h -> Float.isNaN(windows.target(i, h))))
                .mapToObj(windows::asOf)
                .distinct()
                .count();
    }

    private static int bars(WindowSet windows) {
        Horizon longest = windows.shape().horizons().getLast();
        return longest.bars(windows.schema().interval());
    }
}
