package io.mlpool.testing;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.Interval;
import io.mlpool.model.Horizon;
import io.mlpool.model.Provenance;
import io.mlpool.risk.Isotonic;
import io.mlpool.risk.RiskBundle;
import io.mlpool.risk.RiskDefinition;
import io.mlpool.risk.RiskEvent;
import io.mlpool.risk.RiskFeature;
import io.mlpool.risk.RiskManifest;
import io.mlpool.risk.RiskModel;
import io.mlpool.risk.RiskRow;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Small real models of risk that learned one thing: the more volatile, the riskier. */
public final class TestRiskModel {

    private static final List<RiskFeature> FEATURES =
            List.of(RiskFeature.VOLATILITY_30D, RiskFeature.DRAWDOWN_30D, RiskFeature.LOCKED_CHANGE_7D);

    private TestRiskModel() {}

    /** A bundle of {@code risk-7d} or {@code risk-30d} made by this run. */
    public static RiskBundle bundle(StoredFolder folder, String model, String runId) {
        RiskDefinition definition = new RiskDefinition(
                new RiskEvent(Horizon.of(model.substring("risk-".length())), 0.3, 0.5),
                Interval.ONE_HOUR,
                List.of("bitcoin"),
                FEATURES,
                new Isotonic(List.of(-3.0, 3.0), List.of(0.01, 0.9)),
                0.05);
        Provenance provenance = new Provenance(
                runId,
                Instant.parse("2024-06-01T00:00:00Z"),
                "0".repeat(64),
                Instant.parse("2024-05-01T00:00:00Z"),
                42,
                null,
                Map.of("depth", "2"),
                Map.of("java", "25"));
        List<RiskRow> rows = rows(500);
        return RiskBundle.write(
                folder,
                RiskManifest.of(model, definition, provenance, Map.of("roc_auc", 0.7)),
                rows.subList(0, 3),
                trees(rows));
    }

    /** Seeded rows that are known in part. */
    public static List<RiskRow> rows(int count) {
        Random random = new Random(7);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    Map<RiskFeature, Double> known = new EnumMap<>(RiskFeature.class);
                    known.put(RiskFeature.VOLATILITY_30D, 0.2 * random.nextDouble());
                    known.put(RiskFeature.DRAWDOWN_30D, -random.nextDouble());
                    if (i % 3 == 0) {
                        known.put(RiskFeature.LOCKED_CHANGE_7D, random.nextGaussian());
                    }
                    return RiskRow.given("asset-" + i, Instant.EPOCH, known);
                })
                .toList();
    }

    private static byte[] trees(List<RiskRow> rows) {
        try {
            DMatrix matrix = RiskModel.matrix(rows, FEATURES);
            float[] labels = new float[rows.size()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = rows.get(i).value(RiskFeature.VOLATILITY_30D) > 0.1 ? 1 : 0;
            }
            matrix.setLabel(labels);
            Map<String, Object> settings = Map.of("objective", "binary:logistic", "max_depth", 2, "nthread", 1);
            return XGBoost.train(matrix, settings, 10, new HashMap<>(), null, null)
                    .toByteArray("ubj");
        } catch (XGBoostError e) {
            throw new IllegalStateException(e);
        }
    }
}
