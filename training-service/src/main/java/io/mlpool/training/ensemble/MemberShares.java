package io.mlpool.training.ensemble;

import io.mlpool.model.FeatureImportance.TreeShare;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What features have a share in among the members that are trees, each member with what it counts on the mean over the horizons. What the
 * other members lean on is not in it. Members say different things, returns or volatility, so their shares are weighed, not their
 * gains.
 */
final class MemberShares {

    private MemberShares() {}

    /**
     * Highest SHAP first; empty when no member is trees.
     *
     * @param members the shares of each, in the order of the weights; none of one that is no trees
     */
    static List<TreeShare> of(List<List<TreeShare>> members, Weights weights) {
        double all = 0;
        Map<String, TreeShare> sums = new TreeMap<>();
        for (int m = 0; m < members.size(); m++) {
            double weight = weights.mean(m);
            all += members.get(m).isEmpty() ? 0 : weight;
            for (TreeShare one : members.get(m)) {
                TreeShare weighed = new TreeShare(one.name(), weight * one.gain(), weight * one.shap());
                sums.merge(one.name(), weighed, MemberShares::sum);
            }
        }
        double trees = all;
        return sums.values().stream()
                .filter(sum -> trees > 0)
                .map(sum -> new TreeShare(sum.name(), sum.gain() / trees, sum.shap() / trees))
                .sorted(Comparator.comparingDouble(TreeShare::shap).reversed())
                .toList();
    }

    private static TreeShare sum(TreeShare one, TreeShare other) {
        return new TreeShare(one.name(), one.gain() + other.gain(), one.shap() + other.shap());
    }
}
