package io.mlpool.training.report;

import io.mlpool.model.ForecastManifest;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.evaluation.CalibrationReport;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.promotion.PromotionDecision;
import java.util.List;
import java.util.Map;

/**
 * Everything that the page of a run says in words and numbers.
 *
 * @param manifest of the bundle that the run made
 * @param version in the registry
 * @param settings of the run, by name
 */
public record Findings(
        ForecastManifest manifest,
        int version,
        DatasetSnapshot data,
        Evaluation evaluation,
        List<CalibrationReport.Choice> calibration,
        PromotionDecision decision,
        Map<String, String> settings) {

    public Findings {
        calibration = List.copyOf(calibration);
        settings = Map.copyOf(settings);
    }
}
