package io.mlpool.training.risk;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How trees are grown. Rows of neighbouring days and of coins that fall together say nearly the same, so there are far fewer independent
 * losses than rows: trees are shallow, leaves large and steps small.
 *
 * @param depth of a tree
 * @param rate by which each tree's answer is shrunk
 * @param leastWeight least sum of second derivatives in a leaf: about {@code rows x p (1 - p)}
 * @param rowShare of the rows that each tree sees
 * @param columnShare of the features that each tree sees
 * @param ridge penalty on the square of leaf values
 * @param mostTrees at most
 * @param patience trees without a better validation loss after which growing stops
 */
public record TreeSettings(
        int depth,
        double rate,
        double leastWeight,
        double rowShare,
        double columnShare,
        double ridge,
        int mostTrees,
        int patience) {

    /** Chosen on validation slices, see docs/risk.md. */
    public static final TreeSettings DEFAULT = new TreeSettings(3, 0.03, 20, 0.5, 0.5, 10, 600, 60);

    /** As XGBoost calls them. */
    Map<String, Object> parameters(long seed) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", "binary:logistic");
        parameters.put("eval_metric", "logloss");
        parameters.put("tree_method", "hist");
        parameters.put("max_depth", depth);
        parameters.put("eta", rate);
        parameters.put("min_child_weight", leastWeight);
        parameters.put("subsample", rowShare);
        parameters.put("colsample_bytree", columnShare);
        parameters.put("lambda", ridge);
        parameters.put("seed", seed);
        parameters.put("nthread", 1);
        return parameters;
    }
}
