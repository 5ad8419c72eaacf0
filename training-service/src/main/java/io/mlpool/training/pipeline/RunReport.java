package io.mlpool.training.pipeline;

import io.mlpool.model.Algorithm;
import io.mlpool.model.Calibration;
import io.mlpool.model.FeatureImportance;
import io.mlpool.model.ForecastBundle;
import io.mlpool.registry.ModelVersion;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.promotion.PromotionDecision;
import io.mlpool.training.report.Figures;
import io.mlpool.training.report.Findings;
import io.mlpool.training.report.ForecastTable;
import io.mlpool.training.report.Judged;
import io.mlpool.training.report.Permutation;
import io.mlpool.training.report.ReportPage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves in a run's folder what people look at. A picture that cannot be drawn does not cost a trained model. */
final class RunReport {

    private static final Logger LOG = LoggerFactory.getLogger(RunReport.class);

    /** Windows whose forecasts are told one by one: some 30 MB. */
    private static final int MOST_TOLD_WINDOWS = 250_000;

    private final RunFolder folder;

    RunReport(RunFolder folder) {
        this.folder = folder;
    }

    /** What a model leans on; empty of one that looks at nothing, and where it cannot be measured. */
    Optional<FeatureImportance> importance(
            TrainedModel model, Calibration calibration, Judging judging, TrainingSpec spec) {
        AtomicReference<@Nullable FeatureImportance> measured = new AtomicReference<>();
        if (spec.algorithm() != Algorithm.NAIVE) {
            attempt(
                    "importance of features",
                    () -> measured.set(Permutation.of(model, calibration, judging.heldOut(), spec.seed())));
        }
        return Optional.ofNullable(measured.get());
    }

    /** Draws the figures of a judged model; {@code raw} are its forecasts of the held-out windows before calibration. */
    void draw(ForecastBundle bundle, Forecasts raw, Judging judging) {
        Judged judged = Judged.of(raw, bundle.manifest().calibration(), judging.naive());
        attempt("figures", () -> new Figures(folder.report(), RunJson.MAPPER)
                .draw(folder.epochs().read(), judged, bundle.importance()));
        if (!folder.isEncrypted()) {
            attempt("forecasts", () -> new ForecastTable(judged.forecasts(), judged.naive())
                    .thinned(MOST_TOLD_WINDOWS)
                    .parquet(folder.report()));
        }
    }

    /** Writes the page from what lies in the run folder, so that it can be done again after a kill. */
    void write(ModelVersion version, PromotionDecision decision) {
        attempt("page", () -> {
            RunParameters parameters = folder.parameters().orElseThrow();
            RunEvent.Evaluated evaluated = folder.evaluated().orElseThrow();
            ReportPage.write(
                    folder.report(),
                    new Findings(
                            folder.readBundle().manifest(),
                            version.version(),
                            parameters.snapshot(),
                            evaluated.evaluation(),
                            evaluated.calibration(),
                            decision,
                            byName(parameters)));
        });
    }

    private static Map<String, String> byName(RunParameters parameters) {
        TrainingSettings settings = parameters.settings();
        Map<String, String> names = new TreeMap<>(parameters.trainer());
        names.put(
                "horizons",
                settings.shape(parameters.spec().interval()).horizons().toString());
        names.put("steps", Integer.toString(settings.steps()));
        names.put("held_out", Double.toString(settings.heldOut()));
        names.put("validation", Double.toString(settings.validation()));
        names.put("folds", Integer.toString(settings.folds()));
        names.put("gate_level", Double.toString(settings.gate().level()));
        return names;
    }

    /** Also what the linker says: a drawing library that does not fit this machine is no reason to lose a model. */
    private void attempt(String what, Runnable drawing) {
        try {
            drawing.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn(
                    "The {} of the report in {} could not be made: the model is judged and registered without it",
                    what,
                    folder.root(),
                    e);
        }
    }
}
