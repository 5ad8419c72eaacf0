package io.mlpool.serving.experiment;

import io.mlpool.serving.experiment.evidence.Comparison;
import io.mlpool.serving.experiment.evidence.Estimate;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import java.util.Optional;

/**
 * What ends an experiment by itself, for the champion. Shares, not percent.
 *
 * @param worseBy the challenger's loss is with confidence more than so much above the control's
 * @param brokenBy its loss at the nearest horizon over the last day is more than so much above the control's, which needs no statistics
 * @param coverageFrom its 80 % interval holds with confidence less of the outcomes than this
 * @param coverageTo or more than this
 * @param missing of the control's forecasts of the last day the challenger made more than this share not
 */
record Guardrails(
        @Schema(example = "0.02") double worseBy,
        @Schema(example = "0.5") double brokenBy,
        @Schema(example = "0.6") double coverageFrom,
        @Schema(example = "0.95") double coverageTo,
        @Schema(example = "0.1") double missing) {

    static final Guardrails DEFAULT = new Guardrails(0.02, 0.5, 0.6, 0.95, 0.1);

    private static final int LEAST_TIMES = 12;
    private static final int LEAST_ASKED = 24;

    Guardrails {
        if (!(worseBy >= 0 && brokenBy > 0 && missing >= 0 && missing <= 1)) {
            throw new IllegalArgumentException(
                    "guardrails must not be negative, found %s, %s and %s".formatted(worseBy, brokenBy, missing));
        }
        if (!(coverageFrom >= 0 && coverageFrom < coverageTo && coverageTo <= 1)) {
            throw new IllegalArgumentException(
                    "coverage must be guarded from a smaller to a larger share, found %s and %s"
                            .formatted(coverageFrom, coverageTo));
        }
    }

    /** Why the experiment must end now; empty when nothing speaks against going on. */
    Optional<String> broken(Recent recent, Comparison comparison) {
        Estimate ratio = comparison.logRatio();
        Estimate coverage = comparison.coverage();
        if (recent.asked() >= LEAST_ASKED && recent.missing() > missing) {
            return say(String.format(
                    Locale.ROOT,
                    "the challenger lacks %.1f %% of the last day's forecasts, allowed are %.1f %%",
                    100 * recent.missing(),
                    100 * missing));
        }
        if (recent.times() >= LEAST_TIMES && recent.increase() > brokenBy) {
            return say(String.format(
                    Locale.ROOT,
                    "the challenger's loss over the last day is %.1f %% above the control's, allowed are %.1f %%",
                    100 * recent.increase(),
                    100 * brokenBy));
        }
        if (ratio.isAbove(Math.log1p(worseBy))) {
            return say(String.format(
                    Locale.ROOT,
                    "the challenger's loss is proved at least %.2f %% above the control's, allowed are %.2f %%",
                    100 * Math.expm1(ratio.lower()),
                    100 * worseBy));
        }
        if (coverage.isBelow(coverageFrom) || coverage.isAbove(coverageTo)) {
            return say(String.format(
                    Locale.ROOT,
                    "the challenger's 80 %% interval holds %.1f %% of the outcomes, proved outside %.1f to %.1f %%",
                    100 * coverage.mean(),
                    100 * coverageFrom,
                    100 * coverageTo));
        }
        return Optional.empty();
    }

    /** Why the control of a watch must go now: its loss over the last day is that of something broken; empty when nothing speaks against it. */
    Optional<String> brokenControl(Recent recent) {
        return recent.times() >= LEAST_TIMES && recent.increaseOfControl() > brokenBy
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "its loss over the last day was %.1f %% above that of the version before, allowed are %.1f %%",
                        100 * recent.increaseOfControl(),
                        100 * brokenBy))
                : Optional.empty();
    }

    private static Optional<String> say(String words) {
        return Optional.of("guardrail: " + words);
    }
}
