package io.mlpool.training.report;

import io.mlpool.model.FeatureImportance;
import io.mlpool.training.Assignment.Epoch;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;

/** Draws everything that can be seen of a judged model, and writes down the numbers behind it. */
public final class Figures {

    static final String LEARNING_CURVE = "learning_curve.svg";
    static final String CALIBRATION = "calibration.svg";
    static final String FORECAST_FAN = "forecast_fan.svg";
    static final String ERROR_BY_HOUR = "error_by_hour.svg";
    static final String ERROR_BY_ASSET = "error_by_asset.svg";
    static final String FEATURE_IMPORTANCE = "feature_importance.svg";

    private final ReportFolder folder;
    private final JsonMapper json;

    /** Figures that go to a folder; numbers are written as {@code json} writes them. */
    public Figures(ReportFolder folder, JsonMapper json) {
        this.folder = folder;
        this.json = json;
    }

    /**
     * Draws a run's figures; the same run gives the same files.
     *
     * @param epochs of each network, {@code fold-1} or {@code model}; those of a model without epochs are missing
     * @param importance what the model leans on; its figure is missing where that was not measured
     */
    public void draw(SequencedMap<String, List<Epoch>> epochs, Judged judged, Optional<FeatureImportance> importance) {
        Errors errors = Errors.of(judged);

        // The numbers first: a picture that cannot be drawn does not cost them.
        folder.write("errors.json", pretty(errors));
        LiquidityErrors.of(judged).write(folder);
        LearningCurve.draw(epochs).ifPresent(svg -> folder.write(LEARNING_CURVE, svg));
        folder.write(CALIBRATION, CalibrationPlot.draw(errors.reliability()));
        folder.write(FORECAST_FAN, ForecastFan.draw(judged));
        ErrorPlots.byHour(errors.byHour()).ifPresent(svg -> folder.write(ERROR_BY_HOUR, svg));
        folder.write(ERROR_BY_ASSET, ErrorPlots.byAsset(errors.byAsset()));
        importance.ifPresent(measured -> folder.write(FEATURE_IMPORTANCE, ImportancePlot.draw(measured)));
    }

    private byte[] pretty(Object numbers) {
        return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(numbers);
    }
}
