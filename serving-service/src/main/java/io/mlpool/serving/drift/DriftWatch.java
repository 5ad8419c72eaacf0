package io.mlpool.serving.drift;

import io.mlpool.drift.Drift;
import io.mlpool.drift.Drift.Finding;
import io.mlpool.drift.DriftReference;
import io.mlpool.serving.drift.DriftAnswer.ColumnDrift;
import io.mlpool.serving.drift.DriftAnswer.ModelDrift;
import io.mlpool.serving.drift.DriftTallies.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says whether a version drifts: what was counted of it against the reference of its bundle. */
public final class DriftWatch {

    private final DriftTallies tallies;

    DriftWatch(DriftTallies tallies) {
        this.tallies = tallies;
    }

    /** Whether what this version saw and said in the stretch that its bundle knows, until now, is like what it was trained on. */
    public Verdict verdict(String model, int version, Instant now) {
        return of(model, version, null, now.minus(Duration.ofDays(DriftReference.DAYS)), now)
                .verdict();
    }

    /** All that is told of a version over (from, to]. */
    ModelDrift of(String model, int version, @Nullable String variant, Instant from, Instant to) {
        Optional<DriftReference> reference = tallies.reference(model, version);
        if (reference.isEmpty()) {
            return unknown(model, version, variant, new Seen(new io.mlpool.drift.Tally(List.of()), 0), """
                    nothing is counted of it: either it has not forecast yet, or it was trained before bundles kept what drift is measured \
                    against, or on less than eight weeks""");
        }
        Seen seen = tallies.between(model, version, reference.get(), from, to);
        double needed = reference.get().bars() / DriftReference.DAYS;
        if (seen.times() < needed) {
            return unknown(
                    model,
                    version,
                    variant,
                    seen,
                    "its forecasts are of %d candles until now, and fewer than a day's (%.0f) tell nothing"
                            .formatted(seen.times(), Math.ceil(needed)));
        }
        Drift drift = Drift.of(reference.get(), seen.tally(), seen.times());
        return new ModelDrift(
                model,
                version,
                variant,
                drift.drifting().isEmpty() ? Verdict.STEADY : Verdict.DRIFTING,
                summary(drift),
                seen.tally().rows(),
                seen.times(),
                drift.columns().stream().map(DriftWatch::column).toList());
    }

    private static ModelDrift unknown(String model, int version, @Nullable String variant, Seen seen, String summary) {
        return new ModelDrift(
                model, version, variant, Verdict.UNKNOWN, summary, seen.tally().rows(), seen.times(), List.of());
    }

    private static String summary(Drift drift) {
        List<Finding> drifting = drift.drifting();
        if (drifting.isEmpty()) {
            return "none of %d inputs and numbers of the forecast drifts"
                    .formatted(drift.columns().size());
        }
        Finding most = drifting.getFirst();
        return "%d of %d inputs and numbers of the forecast %s: most of all %s, whose mean is %s and whose stability index is %s"
                .formatted(
                        drifting.size(),
                        drift.columns().size(),
                        drifting.size() == 1 ? "drifts" : "drift",
                        most.column().name(),
                        shift(most.shift()),
                        number(most.stabilityIndex()));
    }

    private static String shift(double shift) {
        return number(Math.abs(shift)) + " standard deviations " + (shift < 0 ? "lower" : "higher");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static ColumnDrift column(Finding finding) {
        return new ColumnDrift(
                finding.column().name(),
                finding.drifts() ? Verdict.DRIFTING : Verdict.STEADY,
                finding.effective(),
                finding.p(),
                finding.adjustedP(),
                finding.stabilityIndex(),
                finding.shift(),
                finding.column().mean(),
                finding.mean(),
                finding.column().bins().edges(),
                finding.column().shares(),
                finding.shares());
    }
}
