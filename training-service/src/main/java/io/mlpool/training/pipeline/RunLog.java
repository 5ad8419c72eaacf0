package io.mlpool.training.pipeline;

import io.mlpool.model.Forecaster;
import io.mlpool.training.Assignment;
import io.mlpool.training.StoppableForecaster;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.evaluation.CalibrationReport;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.promotion.PromotionDecision;
import java.util.List;
import java.util.Map;

/** Writes what happens to the run's folder and tells whoever listens. */
final class RunLog {

    private static final String DECISION = "decision.json";

    private final RunFolder folder;
    private final RunEvent.Listener listener;

    RunLog(RunFolder folder, RunEvent.Listener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** One that nobody listens to. */
    static RunLog silent(RunFolder folder) {
        return new RunLog(folder, event -> {});
    }

    void stage(String message) {
        listener.heard(new RunEvent.Stage(message));
    }

    void described(RunParameters parameters, Map<String, String> environment) {
        listener.heard(new RunEvent.Described(parameters.byName(), environment));
    }

    void foldJudged(String part, Evaluation evaluation) {
        listener.heard(new RunEvent.FoldJudged(part, evaluation));
    }

    void snapshot(DatasetSnapshot snapshot) {
        listener.heard(new RunEvent.Snapshot(snapshot));
    }

    /** Hears the epochs of a part. */
    Assignment.EpochListener epochs(String part, int number, int parts) {
        return new Assignment.EpochListener() {

            @Override
            public void finished(Assignment.Epoch epoch) {
                RunEvent.EpochFinished event = new RunEvent.EpochFinished(part, number, parts, epoch);
                folder.epochs().add(event);
                listener.heard(event);
            }

            @Override
            public void working() {
                listener.working();
            }
        };
    }

    /** The same forecaster; before each answer the run may be stopped. */
    Forecaster watched(Forecaster forecaster) {
        return new StoppableForecaster(forecaster, listener::working);
    }

    void tried(TrialScore score) {
        listener.heard(new RunEvent.Tried(score));
    }

    void evaluated(Evaluation evaluation, List<CalibrationReport.Choice> calibration) {
        RunEvent.Evaluated event = new RunEvent.Evaluated(evaluation, calibration);
        folder.save(event);
        listener.heard(event);
    }

    /** Whether an earlier execution came so far that something may be registered. */
    boolean isJudged() {
        return folder.isJudged();
    }

    /** Notes the decision before anything is registered, so that it can be carried out after a crash. */
    void decided(PromotionDecision decision) {
        folder.save(DECISION, decision);
    }

    PromotionDecision decision() {
        return folder.load(DECISION, PromotionDecision.class)
                .orElseThrow(
                        () -> new IllegalStateException(
                                "the version is registered, but decision.json is missing from its run folder: promote it by hand"));
    }

    void carriedOut(PromotionDecision decision, int version) {
        folder.save(DECISION, decision);
        listener.heard(new RunEvent.Decided(decision, version));
    }
}
