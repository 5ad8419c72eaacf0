package io.mlpool.training.risk.fit;

import io.mlpool.risk.RiskFeature;
import io.mlpool.risk.RiskModel;
import io.mlpool.risk.RiskRow;
import io.mlpool.training.risk.panel.RiskPanel;
import io.mlpool.training.risk.panel.RiskSample;
import io.mlpool.training.risk.panel.RiskSplit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Grows gradient boosted trees (Chen and Guestrin 2016, "XGBoost: a scalable tree boosting system"). The first {@link #SIMPLE} learn what
 * the {@link VolatilityModel} says, those after them what it got wrong: with few losses to learn from, trees that begin with nothing stay
 * worse than that one number. Losses are rare, but rows are not weighted, which would make the probabilities wrong. The same rows and seed
 * give the same bytes.
 */
final class RiskTrees {

    /** Trees that say what volatility alone says. */
    static final int SIMPLE = 150;

    /** Between two numbers of correcting trees that are compared. */
    static final int STEP = 10;

    private final TreeSettings settings;
    private final long seed;

    RiskTrees(TreeSettings settings, long seed) {
        this.settings = settings;
        this.seed = seed;
    }

    /**
     * Trees in XGBoost's format {@code ubj}.
     *
     * @param corrections how many come after the simple ones
     */
    byte[] grow(RiskPanel train, int corrections) {
        return with(train, labels(train), rows -> bytes(grown(train, rows, corrections)));
    }

    private static byte[] bytes(Booster booster) throws XGBoostError {
        try {
            return booster.toByteArray("ubj");
        } finally {
            booster.dispose();
        }
    }

    /** Margins of other rows, without corrections and after every {@link #STEP} of them. */
    List<double[]> margins(RiskSplit split) {
        return with(split.fitted(), labels(split.fitted()), fitted -> {
            Booster booster = grown(split.fitted(), fitted, settings.mostCorrections());
            try {
                return with(split.judged(), labels(split.judged()), judged -> margins(booster, judged));
            } finally {
                booster.dispose();
            }
        });
    }

    private List<double[]> margins(Booster booster, DMatrix judged) throws XGBoostError {
        List<double[]> margins = new ArrayList<>();
        for (int count = 0; count <= settings.mostCorrections(); count += STEP) {
            margins.add(Arrays.stream(booster.predict(judged, true, SIMPLE + count))
                    .mapToDouble(row -> row[0])
                    .toArray());
        }
        return margins;
    }

    private Booster grown(RiskPanel train, DMatrix rows, int corrections) throws XGBoostError {
        Booster booster = opened(simple(train));
        booster.setParams(settings.parameters(seed));
        for (int i = 0; i < corrections; i++) {
            booster.update(rows, SIMPLE + i);
        }
        booster.setFeatureNames(
                settings.features().stream().map(RiskFeature::label).toArray(String[]::new));
        return booster;
    }

    private static Booster opened(byte[] trees) throws XGBoostError {
        try {
            return XGBoost.loadModel(trees);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be read", e);
        }
    }

    /** They see volatility only, and learn probabilities instead of events. */
    private byte[] simple(RiskPanel train) {
        VolatilityModel volatility = VolatilityModel.fit(train);
        float[] said = new float[train.size()];
        for (int i = 0; i < said.length; i++) {
            said[i] = (float) VolatilityModel.probability(
                    volatility.margin(train.samples().get(i).row()));
        }
        RiskPanel blind = new RiskPanel(
                train.event(),
                train.samples().stream().map(RiskTrees::volatilityOnly).toList());
        return with(
                blind, said, rows -> bytes(XGBoost.train(rows, settings.simple(seed), SIMPLE, Map.of(), null, null)));
    }

    private static RiskSample volatilityOnly(RiskSample sample) {
        RiskRow row = sample.row();
        Map<RiskFeature, Double> seen = row.known();
        seen.keySet().retainAll(Set.of(RiskFeature.VOLATILITY_30D));
        return new RiskSample(RiskRow.given(row.asset(), row.asOf(), seen), sample.event());
    }

    private interface Work<T> {
        T of(DMatrix rows) throws XGBoostError;
    }

    private <T> T with(RiskPanel panel, float[] labels, Work<T> work) {
        try {
            DMatrix matrix = RiskModel.matrix(panel.rows(), settings.features());
            try {
                matrix.setLabel(labels);
                return work.of(matrix);
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot grow trees: " + e.getMessage(), e);
        }
    }

    private static float[] labels(RiskPanel panel) {
        float[] labels = new float[panel.size()];
        boolean[] events = panel.events();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = events[i] ? 1 : 0;
        }
        return labels;
    }
}
