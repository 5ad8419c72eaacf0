package io.mlpool.serving.experiment;

import io.mlpool.model.Horizon;
import io.mlpool.serving.experiment.evidence.Comparison;
import io.mlpool.serving.experiment.evidence.Estimate;
import io.mlpool.serving.experiment.evidence.Stretch;
import io.mlpool.serving.experiment.evidence.Tally;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How an experiment stands.
 *
 * @param lookedAt when
 * @param pairs forecasts of both arms about the same thing whose outcome is known
 * @param blocks complete blocks of time, which the difference is made from
 * @param horizons the same of each alone
 * @param course the difference as it was after each block
 */
record Standings(
        Instant lookedAt,
        long pairs,
        int blocks,
        Difference difference,

        @Schema(
                description =
                        "Of the challenger's outcomes between its quantiles 0.1 and 0.9; mean over horizons and blocks")
        Coverage80 coverage,

        List<HorizonStanding> horizons,
        List<Step> course) {

    /**
     * Challenger against control: {@code -0.03} says that its loss is 3 % less. With the confidence of the experiment the true one lies
     * between the ends, at all looks together; null while blocks are too few for any.
     */
    record Difference(
            @Nullable Double relative,
            @Nullable Double lower,
            @Nullable Double upper) {

        static Difference of(Estimate logRatio) {
            return new Difference(
                    finite(Math.expm1(logRatio.mean())),
                    logRatio.lower() == Double.NEGATIVE_INFINITY ? null : finite(Math.expm1(logRatio.lower())),
                    finite(Math.expm1(logRatio.upper())));
        }
    }

    /** A share of outcomes with its interval. */
    record Coverage80(
            @Nullable Double share,
            @Nullable Double lower,
            @Nullable Double upper) {

        static Coverage80 of(Estimate coverage) {
            return new Coverage80(finite(coverage.mean()), finite(coverage.lower()), finite(coverage.upper()));
        }
    }

    /** One arm at one horizon: mean quantile loss as a share of the price, and share of outcomes within the 80 % interval. */
    record ArmStanding(@Nullable Double loss, @Nullable Double coverage80) {}

    /** Both arms at one horizon. */
    record HorizonStanding(
            Horizon horizon, long pairs, ArmStanding control, ArmStanding challenger, Difference difference) {}

    /** @param to end of the block, exclusive */
    record Step(Instant to, Difference difference) {}

    Standings withoutCourse() {
        return new Standings(lookedAt, pairs, blocks, difference, coverage, horizons, List.of());
    }

    static Standings of(Experiment experiment, List<Stretch> stretches, Comparison comparison, Instant now) {
        Map<Horizon, Estimate> ratios = comparison.logRatioByHorizon();
        List<HorizonStanding> horizons = new ArrayList<>();
        for (Horizon horizon : experiment.horizons()) {
            List<Stretch> own = stretches.stream()
                    .filter(one -> one.horizon().equals(horizon))
                    .toList();
            Estimate ratio = ratios.get(horizon);
            horizons.add(new HorizonStanding(
                    horizon,
                    own.stream().mapToLong(Stretch::pairs).sum(),
                    arm(own, Stretch::control),
                    arm(own, Stretch::challenger),
                    ratio == null ? new Difference(null, null, null) : Difference.of(ratio)));
        }
        return new Standings(
                now,
                stretches.stream().mapToLong(Stretch::pairs).sum(),
                comparison.logRatio().values(),
                Difference.of(comparison.logRatio()),
                Coverage80.of(comparison.coverage()),
                horizons,
                comparison.course().stream().map(step -> step(experiment, step)).toList());
    }

    private static Step step(Experiment experiment, Comparison.Step step) {
        return new Step(
                experiment.firstAsOf().plus(experiment.block().multipliedBy(step.block() + 1L)),
                Difference.of(step.logRatio()));
    }

    private static ArmStanding arm(List<Stretch> stretches, Function<Stretch, Tally> arm) {
        long times = stretches.stream().mapToLong(Stretch::times).sum();
        long pairs = stretches.stream().mapToLong(Stretch::pairs).sum();
        double loss =
                stretches.stream().mapToDouble(one -> arm.apply(one).loss()).sum();
        boolean counted = stretches.stream().allMatch(one -> arm.apply(one).covered() != null);
        double covered = stretches.stream()
                .map(one -> arm.apply(one).covered())
                .mapToDouble(one -> one == null ? 0 : one)
                .sum();
        return new ArmStanding(times == 0 ? null : loss / times, pairs == 0 || !counted ? null : covered / pairs);
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
