package io.mlpool.training.trees;

import io.mlpool.features.FeatureSchema;
import io.mlpool.model.FeatureImportance.TreeShare;
import io.mlpool.training.dataset.Sample;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.scale.WindowColumns;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** What features have a share in when trees answer; a feature that a row holds several times counts with all of them. */
final class TreeShares {

    /** Windows whose answers are taken apart: evenly spaced, and in a second or two. */
    private static final int WINDOWS = 500;

    private TreeShares() {}

    /** Of the trees that count, highest SHAP first; features that no tree splits at have no share. */
    static List<TreeShare> of(GrownTrees trees) throws XGBoostError {
        WindowSet windows = trees.learned();
        WindowColumns columns = new WindowColumns(windows.schema());
        int[] positions = Sample.evenly(windows.size(), WINDOWS);
        double[] gain = new double[columns.count()];
        double[] shap = new double[columns.count()];
        DMatrix rows = new DMatrix(columns.rows(windows, positions), positions.length, columns.count(), Float.NaN);
        try {
            for (HorizonTrees horizon : trees.horizons()) {
                new OpenedTrees(horizon).addShares(rows, gain, shap);
            }
        } finally {
            rows.dispose();
        }
        return shares(windows.schema(), byFeature(columns, gain), byFeature(columns, shap));
    }

    private static double[] byFeature(WindowColumns columns, double[] ofColumn) {
        double[] sums = new double[columns.features()];
        for (int column = 0; column < ofColumn.length; column++) {
            sums[columns.feature(column)] += ofColumn[column];
        }
        double all = Arrays.stream(sums).sum();
        return Arrays.stream(sums).map(sum -> all > 0 ? sum / all : 0).toArray();
    }

    private static List<TreeShare> shares(FeatureSchema schema, double[] gain, double[] shap) {
        return IntStream.range(0, gain.length)
                .filter(i -> gain[i] > 0 || shap[i] > 0)
                .mapToObj(i -> new TreeShare(schema.names().get(i), gain[i], shap[i]))
                .sorted(Comparator.comparingDouble(TreeShare::shap).reversed())
                .toList();
    }
}
