package io.mlpool.serving.experiment;

import io.mlpool.model.Horizon;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as it is answered.
 *
 * @param kind whether somebody asked for it or it watches the version that the gate promoted
 * @param control version that was the champion when it began
 * @param challenger version it is compared with
 * @param blockHours length of a block of time, in hours
 * @param winner arm that is proved better; null until one is
 * @param standings as of the last look; null before the first one
 * @param outcome why it ended; null while it runs
 */
record ExperimentView(
        String id,
        String model,
        Kind kind,
        ExperimentState state,
        @Nullable String purpose,
        int control,
        int challenger,
        String interval,
        List<Horizon> horizons,
        Terms terms,
        long blockHours,
        Instant begunAt,
        String begunBy,
        @Nullable Arm winner,
        @Nullable Instant wonAt,
        @Nullable Standings standings,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable String outcome) {

    /** One of many: without the course of its difference. */
    static ExperimentView brief(Experiment experiment) {
        return of(
                experiment,
                experiment.standings() == null ? null : experiment.standings().withoutCourse());
    }

    static ExperimentView of(Experiment experiment) {
        return of(experiment, experiment.standings());
    }

    private static ExperimentView of(Experiment experiment, @Nullable Standings standings) {
        return new ExperimentView(
                experiment.id(),
                experiment.model(),
                experiment.kind(),
                experiment.state(),
                experiment.purpose(),
                experiment.control(),
                experiment.challenger(),
                experiment.interval().label(),
                experiment.horizons(),
                experiment.terms(),
                experiment.block().toHours(),
                experiment.begunAt(),
                experiment.begunBy(),
                experiment.winner(),
                experiment.wonAt(),
                standings,
                experiment.endedAt(),
                experiment.endedBy(),
                experiment.outcome());
    }
}
