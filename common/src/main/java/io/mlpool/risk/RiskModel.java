package io.mlpool.risk;

import io.mlpool.model.BrokenBundleException;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Boosted trees that tell the probability of an event. Safe to call from many threads; as XGBoost's Java class answers one caller at a
 * time, so does a model. Ask for many rows at once where there are many. One thread computes.
 */
public final class RiskModel implements AutoCloseable {

    private final RiskDefinition definition;
    private final Booster booster;
    private boolean closed;

    /**
     * Opens a model; the caller closes it.
     *
     * @param booster as XGBoost saves it, {@code ubj} or {@code json}
     * @throws BrokenBundleException when XGBoost refuses it or it has other columns than the definition
     */
    public RiskModel(byte[] booster, RiskDefinition definition) {
        this.definition = definition;
        try {
            this.booster = opened(booster, definition.features().size());
        } catch (XGBoostError | IOException e) {
            throw new BrokenBundleException("XGBoost cannot open the trees: " + e.getMessage(), e);
        }
    }

    private static Booster opened(byte[] trees, int columns) throws XGBoostError, IOException {
        Booster booster = XGBoost.loadModel(trees);
        try {
            booster.setParam("nthread", 1);
            if (booster.getNumFeature() != columns) {
                throw new BrokenBundleException(
                        "the trees have %d columns, the definition %d".formatted(booster.getNumFeature(), columns));
            }
            return booster;
        } catch (XGBoostError | RuntimeException e) {
            booster.dispose();
            throw e;
        }
    }

    public RiskDefinition definition() {
        return definition;
    }

    public RiskAssessment assess(RiskRow row) {
        return assess(List.of(row)).getFirst();
    }

    /** What is said of each row, in their order. */
    public List<RiskAssessment> assess(List<RiskRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        float[][] shares = ask(rows, true);
        float[][] margins = ask(rows, false);
        return IntStream.range(0, rows.size())
                .mapToObj(i -> assessment(rows.get(i), margins[i][0], shares[i]))
                .toList();
    }

    /** Margins alone, which is much faster than whole assessments. */
    public double[] margins(List<RiskRow> rows) {
        double[] margins = new double[rows.size()];
        float[][] found = rows.isEmpty() ? new float[0][] : ask(rows, false);
        Arrays.setAll(margins, i -> found[i][0]);
        return margins;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            booster.dispose();
        }
    }

    /** Rows as XGBoost takes them, to train and to ask; the caller disposes of it. */
    public static DMatrix matrix(List<RiskRow> rows, List<RiskFeature> features) throws XGBoostError {
        float[] values = new float[rows.size() * features.size()];
        int at = 0;
        for (RiskRow row : rows) {
            for (RiskFeature feature : features) {
                values[at++] = row.value(feature);
            }
        }
        return new DMatrix(values, rows.size(), features.size(), Float.NaN);
    }

    /** TreeSHAP (Lundberg et al. 2020, "From local explanations to global understanding with explainable AI for trees"), else margins. */
    private synchronized float[][] ask(List<RiskRow> rows, boolean shares) {
        if (closed) {
            throw new IllegalStateException("the model of risk is closed");
        }
        DMatrix matrix = null;
        try {
            matrix = matrix(rows, definition.features());
            return shares ? booster.predictContrib(matrix, 0) : booster.predict(matrix, true);
        } catch (XGBoostError e) {
            throw new BrokenBundleException("the trees cannot be asked: " + e.getMessage(), e);
        } finally {
            if (matrix != null) {
                matrix.dispose();
            }
        }
    }

    private RiskAssessment assessment(RiskRow row, double margin, float[] shares) {
        Map<RiskFeature, Double> contributions = new EnumMap<>(RiskFeature.class);
        for (int i = 0; i + 1 < shares.length; i++) {
            contributions.put(definition.features().get(i), (double) shares[i]);
        }
        double probability = definition.calibration().probability(margin);
        double score = definition.score(probability);
        Optional<FatalFactor> fatal = FatalFactor.of(row).filter(factor -> factor.floor() > score);
        return new RiskAssessment(
                row,
                margin,
                shares[shares.length - 1],
                contributions,
                probability,
                fatal.map(FatalFactor::floor).orElse(score),
                fatal.orElse(null));
    }
}
