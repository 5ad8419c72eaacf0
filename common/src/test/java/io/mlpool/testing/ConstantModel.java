package io.mlpool.testing;

import io.mlpool.drift.Bins;
import io.mlpool.drift.Column;
import io.mlpool.drift.DriftReference;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.features.FeatureSchema;
import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.model.BundleHeader;
import io.mlpool.model.Calibration;
import io.mlpool.model.FeatureImportance;
import io.mlpool.model.FeatureImportance.Rise;
import io.mlpool.model.FeatureImportance.TreeShare;
import io.mlpool.model.ForecastBundle;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.GoldenAnswer;
import io.mlpool.model.Horizon;
import io.mlpool.model.ModelBundle;
import io.mlpool.model.NaiveQuantiles;
import io.mlpool.model.Provenance;
import io.mlpool.model.WatchedValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/** Bundles of a model that answers standard normal quantiles moved by the mean of its window: small, real, predictable. */
public final class ConstantModel {

    public static final FeatureSchema FEATURES = FeatureSchema.priceV1(Interval.ONE_HOUR, 4, List.of("bitcoin"));
    public static final ForecastShape SHAPE = new ForecastShape(
            List.of(Horizon.of("1h"), Horizon.of("4h"), Horizon.of("24h")), ForecastShape.DEFAULT_LEVELS);

    private static final double[] NORMAL = {-1.6448536, -1.2815516, -0.6744898, 0, 0.6744898, 1.2815516, 1.6448536};

    private ConstantModel() {}

    /** A bundle of model {@code price-1h} made by this run. */
    public static ModelBundle bundle(Path directory, String runId) {
        return bundle(StoredFolder.plain(directory), runId);
    }

    /** The same, encrypted where the folder says so. */
    public static ModelBundle bundle(StoredFolder folder, String runId) {
        return forecasts(folder, runId).bundle();
    }

    /** The same as what it is. */
    public static ForecastBundle forecasts(StoredFolder folder, String runId) {
        return ForecastBundle.write(
                folder, manifest("price-1h", runId), golden(), onnx(), Optional.empty(), Optional.empty());
    }

    /** What was measured of a model that leans on two features, one of them alone in its family. */
    public static FeatureImportance importance() {
        return new FeatureImportance(
                2000,
                3,
                1,
                0.5,
                List.of(new Rise("volatility_168", 0.01, 0.001, 2), new Rise("return_1", -0.001, 0.001, -0.2)),
                List.of(new Rise("volatility", 0.02, 0.002, 4), new Rise("return", -0.001, 0.001, -0.2)),
                List.of(new TreeShare("volatility_168", 0.8, 0.7), new TreeShare("return_1", 0.2, 0.3)));
    }

    /** A bundle that knows what it is watched against, and what it leans on. */
    public static ModelBundle watched(Path directory, String runId) {
        return ForecastBundle.write(
                        StoredFolder.plain(directory),
                        manifest("price-1h", runId, reference()),
                        golden(),
                        onnx(),
                        Optional.empty(),
                        Optional.of(importance()))
                .bundle();
    }

    /** As if every feature and number of the forecast had been standard normal, over 50 weeks of one asset, and every hour independent. */
    public static DriftReference reference() {
        double[] sorted = new SplittableRandom(1)
                .doubles(20_000)
                .map(share -> NormalDistribution.of(0, 1).inverseCumulativeProbability(share))
                .sorted()
                .toArray();
        Bins bins = Bins.of(sorted);
        List<Column> columns = new WatchedValues(FEATURES, SHAPE)
                .names().stream()
                        .map(name -> new Column(
                                name,
                                bins,
                                Collections.nCopies(10, 0.1),
                                0,
                                1,
                                1.0 / 168,
                                Math.log(9.0 / 168),
                                0.5,
                                50,
                                -2.58,
                                2.58))
                        .toList();
        return new DriftReference(7, 168, 1, columns, 0.1);
    }

    public static ForecastManifest manifest(String model, String runId) {
        return manifest(model, runId, null);
    }

    private static ForecastManifest manifest(String model, String runId, @Nullable DriftReference drift) {
        Provenance provenance = new Provenance(
                runId,
                Instant.parse("2024-06-01T00:00:00Z"),
                "0".repeat(64),
                Instant.parse("2024-05-01T00:00:00Z"),
                42,
                null,
                Map.of("width", "32"),
                Map.of("java", "25"));
        return new ForecastManifest(
                BundleHeader.FORMAT,
                model,
                Algorithm.LSTM,
                FEATURES,
                SHAPE,
                Calibration.none(SHAPE),
                provenance,
                Map.of("wql_1h", 0.6),
                NaiveQuantiles.of(SHAPE, naive()),
                drift);
    }

    /** The opponent's quantiles, wider than the model's and the same at every horizon. */
    public static float[] naive() {
        float[] naive = new float[SHAPE.size()];
        for (int i = 0; i < naive.length; i++) {
            naive[i] = (float) (1.5 * NORMAL[i % NORMAL.length]);
        }
        return naive;
    }

    /** What the model answers to a window of ones. */
    public static GoldenAnswer golden() {
        float[] window = new float[FEATURES.steps() * FEATURES.width()];
        java.util.Arrays.fill(window, 1f);
        return new GoldenAnswer(window, answer(1));
    }

    /** What the model answers to a window with this mean. */
    public static float[] answer(double mean) {
        float[] forecast = new float[SHAPE.size()];
        for (int i = 0; i < forecast.length; i++) {
            forecast[i] = (float) ((i / NORMAL.length + 1) * NORMAL[i % NORMAL.length] + mean);
        }
        return forecast;
    }

    public static byte[] onnx() {
        try (InputStream in =
                Objects.requireNonNull(ConstantModel.class.getResourceAsStream("/onnx/mean_model.onnx"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
