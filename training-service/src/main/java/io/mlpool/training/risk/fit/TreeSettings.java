package io.mlpool.training.risk.fit;

import io.mlpool.risk.RiskFeature;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How trees are grown. Rows of neighbouring days and of coins that fall together say nearly the same, so there are far fewer independent
 * losses than rows: trees are shallow, leaves large and steps small, and where it is plain which way a feature must work it may not work
 * the other way.
 *
 * @param depth of a tree
 * @param rate by which each tree's answer is shrunk
 * @param leastWeight least sum of second derivatives in a leaf: about {@code rows x p (1 - p)}
 * @param rowShare of the rows that each tree sees
 * @param columnShare of the features that each tree sees
 * @param ridge penalty on the square of leaf values
 * @param mostCorrections trees that correct what volatility alone says, at most
 * @param folds by which their number is chosen and the calibration fitted
 * @param firstShare of the rows that the first fold learns from
 */
public record TreeSettings(
        int depth,
        double rate,
        double leastWeight,
        double rowShare,
        double columnShare,
        double ridge,
        int mostCorrections,
        int folds,
        double firstShare) {

    /** Chosen by walking forward through the rows before the judged ones, see docs/risk.md. */
    public static final TreeSettings DEFAULT = new TreeSettings(3, 0.03, 20, 0.5, 0.5, 10, 120, 8, 0.2);

    /** They tell rather when it is than how risky an asset is: trees would learn the days of the crashes that they saw. */
    private static final Set<RiskFeature> TELL_THE_TIME = EnumSet.of(
            RiskFeature.MARKET_RETURN_7D,
            RiskFeature.MARKET_RETURN_30D,
            RiskFeature.MARKET_RETURN_90D,
            RiskFeature.MARKET_VOLATILITY_30D,
            RiskFeature.TURNOVER_30D,
            RiskFeature.HISTORY_DAYS,
            RiskFeature.DRAWDOWN_365D);

    /** 1 where more may not lower the risk, -1 where it may not raise it. */
    private static final Map<RiskFeature, Integer> DIRECTIONS = new EnumMap<>(Map.ofEntries(
            Map.entry(RiskFeature.VOLATILITY_7D, 1),
            Map.entry(RiskFeature.VOLATILITY_30D, 1),
            Map.entry(RiskFeature.VOLATILITY_90D, 1),
            Map.entry(RiskFeature.WORST_DAY_30D, -1),
            Map.entry(RiskFeature.BETA_90D, 1),
            Map.entry(RiskFeature.TAIL_DEPENDENCE_90D, 1),
            Map.entry(RiskFeature.ILLIQUIDITY_30D, 1),
            Map.entry(RiskFeature.SILENT_SHARE_30D, 1),
            Map.entry(RiskFeature.SILENT_DAYS, 1),
            Map.entry(RiskFeature.PEG_WORST_30D, 1),
            Map.entry(RiskFeature.LOCKED_CHANGE_7D, -1),
            Map.entry(RiskFeature.LOCKED_CHANGE_30D, -1),
            Map.entry(RiskFeature.LOCKED_DRAWDOWN_90D, -1),
            Map.entry(RiskFeature.CHAIN_CONCENTRATION, 1),
            Map.entry(RiskFeature.INCIDENT_COUNT, 1)));

    TreeSettings withoutCorrections() {
        return new TreeSettings(depth, rate, leastWeight, rowShare, columnShare, ridge, 0, folds, firstShare);
    }

    /** What trees look at. */
    List<RiskFeature> features() {
        return List.of(RiskFeature.values()).stream()
                .filter(feature -> !TELL_THE_TIME.contains(feature))
                .toList();
    }

    /** As XGBoost calls them. */
    Map<String, Object> parameters(long seed) {
        Map<String, Object> parameters = always(seed);
        parameters.put("max_depth", depth);
        parameters.put("eta", rate);
        parameters.put("min_child_weight", leastWeight);
        parameters.put("subsample", rowShare);
        parameters.put("colsample_bytree", columnShare);
        parameters.put("lambda", ridge);
        return parameters;
    }

    /** The same for trees that say what volatility alone says: there is no noise in that. */
    Map<String, Object> simple(long seed) {
        Map<String, Object> parameters = always(seed);
        parameters.put("max_depth", 2);
        parameters.put("eta", 0.1);
        parameters.put("min_child_weight", 0);
        return parameters;
    }

    private Map<String, Object> always(long seed) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", "binary:logistic");
        parameters.put("tree_method", "hist");
        parameters.put(
                "monotone_constraints",
                features().stream()
                        .map(feature -> DIRECTIONS.getOrDefault(feature, 0).toString())
                        .collect(Collectors.joining(",", "(", ")")));
        parameters.put("seed", seed);
        parameters.put("nthread", 1);
        return parameters;
    }
}
