package io.mlpool.training.tracking;

import io.mlpool.mlflow.Runs.Metric;
import io.mlpool.training.Assignment.Epoch;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.pipeline.TrialScore;
import io.mlpool.training.promotion.Comparison;
import io.mlpool.training.promotion.PromotionDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers of a run under the names that they have in MLflow. */
final class LoggedMetrics {

    /** Charts of metrics whose names share what is before a slash stand together, and before all others: the curves come first. */
    private static final String CURVES = "epoch/";

    private LoggedMetrics() {}

    /** Losses and speed; of an epoch whose weights are kept so far also the loss that runs are to be sorted by. */
    static List<Metric> of(Epoch epoch, Instant at) {
        List<Metric> metrics = new ArrayList<>(List.of(
                new Metric(CURVES + "train_loss", epoch.trainLoss(), at, epoch.number()),
                new Metric(CURVES + "validation_loss", epoch.validationLoss(), at, epoch.number()),
                new Metric(CURVES + "windows_per_second", epoch.windowsPerSecond(), at, epoch.number())));
        if (epoch.best()) {
            metrics.add(new Metric("best_validation_loss", epoch.validationLoss(), at, epoch.number()));
        }
        return metrics;
    }

    /** The scores by horizon: {@code skill_vs_naive_24h}. */
    static List<Metric> of(Evaluation evaluation, Instant at) {
        return evaluation.metrics().entrySet().stream()
                .map(one -> new Metric(one.getKey(), one.getValue(), at, 0))
                .toList();
    }

    /** What trials of a study are compared by. */
    static List<Metric> of(TrialScore score, Instant at) {
        return List.of(new Metric("trial_skill", score.skill(), at, 0));
    }

    /** The gate's tests over all horizons: {@code gate_p_against_champion}. */
    static List<Metric> of(PromotionDecision decision, Instant at) {
        List<Metric> metrics = new ArrayList<>();
        add(metrics, "naive", decision.againstNaive(), at);
        add(metrics, "champion", decision.againstChampion(), at);
        return metrics;
    }

    private static void add(List<Metric> metrics, String opponent, @Nullable Comparison comparison, Instant at) {
        if (comparison != null) {
            Comparison.Verdict overall = comparison.overall();
            metrics.add(new Metric("gate_p_against_" + opponent, overall.probability(), at, 0));
            metrics.add(new Metric("gate_improvement_on_" + opponent, overall.improvement(), at, 0));
        }
    }
}
