package io.mlpool.training.pipeline;

import io.mlpool.model.Algorithm;
import io.mlpool.model.BundleManifest;
import io.mlpool.model.Calibration;
import io.mlpool.model.GoldenAnswer;
import io.mlpool.model.ModelBundle;
import io.mlpool.model.Provenance;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.network.Parity;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Packs a model with everything that it needs to be served, once the graph answers like what was trained. */
final class BundleWriter {

    private final Clock clock;

    BundleWriter(Clock clock) {
        this.clock = clock;
    }

    ModelBundle write(
            Path directory,
            String runId,
            RunParameters parameters,
            Algorithm algorithm,
            TrainedModel model,
            Judging judging,
            Calibration calibration,
            Evaluation evaluation,
            Map<String, String> environment) {
        BundleManifest manifest = new BundleManifest(
                BundleManifest.FORMAT,
                parameters.spec().model(),
                algorithm,
                judging.train().schema(),
                judging.train().shape(),
                calibration,
                provenance(runId, parameters, model, judging, environment),
                evaluation.metrics());
        Parity.check(model, judging.heldOut());
        return ModelBundle.write(directory, manifest, golden(model, judging.heldOut()), model.onnx(), model.network());
    }

    private Provenance provenance(
            String runId,
            RunParameters parameters,
            TrainedModel model,
            Judging judging,
            Map<String, String> environment) {
        return new Provenance(
                runId,
                clock.instant(),
                parameters.snapshot().version(),
                judging.trainedUntil(),
                parameters.spec().seed(),
                parameters.parentVersion(),
                model.parameters(),
                environment);
    }

    private static GoldenAnswer golden(TrainedModel model, WindowSet windows) {
        float[] window = new float[windows.schema().steps() * windows.schema().width()];
        windows.copyWindow(windows.size() - 1, window, 0);
        return new GoldenAnswer(window, model.forecaster().forecast(window, 1));
    }
}
