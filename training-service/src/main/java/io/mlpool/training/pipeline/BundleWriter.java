package io.mlpool.training.pipeline;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.Algorithm;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.BundleHeader;
import io.mlpool.model.Calibration;
import io.mlpool.model.FeatureImportance;
import io.mlpool.model.ForecastBundle;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.GoldenAnswer;
import io.mlpool.model.NaiveQuantiles;
import io.mlpool.model.Provenance;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.network.Parity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/**
 * Packs a model with everything that it needs to be served, once the graph answers like what was trained. A run that is taken up
 * again writes the same bytes again, unless they are encrypted: some of them may have been uploaded already.
 */
final class BundleWriter {

    private final Clock clock;

    BundleWriter(Clock clock) {
        this.clock = clock;
    }

    /** Writes the bundle in the place of one that is there. */
    ForecastBundle write(
            StoredFolder directory,
            String runId,
            RunParameters parameters,
            Algorithm algorithm,
            TrainedModel model,
            Judging judging,
            Calibration calibration,
            Evaluation evaluation,
            Optional<FeatureImportance> importance,
            Map<String, String> environment) {
        ForecastManifest manifest = new ForecastManifest(
                BundleHeader.FORMAT,
                parameters.spec().model(),
                algorithm,
                judging.train().schema(),
                judging.train().shape(),
                calibration,
                provenance(runId, writtenAt(directory), parameters, model, judging, environment),
                evaluation.metrics(),
                NaiveQuantiles.of(judging.train().shape(), judging.naive().quantiles()),
                DriftReferences.of(
                        judging.train(),
                        model.forecaster(),
                        calibration,
                        parameters.spec().seed()));
        Parity.check(model, judging.heldOut());
        delete(directory.directory());
        return ForecastBundle.write(
                directory, manifest, golden(model, judging.heldOut()), model.onnx(), model.network(), importance);
    }

    private Instant writtenAt(StoredFolder directory) {
        try {
            return ForecastBundle.read(directory).manifest().provenance().createdAt();
        } catch (BrokenBundleException thereIsNone) {
            return clock.instant();
        }
    }

    private static void delete(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write another bundle to " + directory, e);
        }
    }

    private Provenance provenance(
            String runId,
            Instant writtenAt,
            RunParameters parameters,
            TrainedModel model,
            Judging judging,
            Map<String, String> environment) {
        return new Provenance(
                runId,
                writtenAt,
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
