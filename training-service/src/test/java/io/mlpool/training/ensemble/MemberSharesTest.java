package io.mlpool.training.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.model.FeatureImportance.TreeShare;
import java.util.List;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

class MemberSharesTest {

    private static final RecursiveComparisonConfiguration CLOSE = RecursiveComparisonConfiguration.builder()
            .withComparatorForType(
                    (one, other) -> Math.abs(one - other) < 1e-12 ? 0 : Double.compare(one, other), Double.class)
            .build();

    private static final List<TreeShare> RETURNS =
            List.of(new TreeShare("volatility", 0.5, 0.75), new TreeShare("season_1", 0.5, 0.25));
    private static final List<TreeShare> SCALES =
            List.of(new TreeShare("turnover", 1, 0.5), new TreeShare("volatility", 0, 0.5));

    /** Weights of three members at two horizons; the second is a network. Trees count 0.25 and 0.5 on the mean, a third and two thirds of both. */
    private static final Weights WEIGHTS = new Weights(new double[][] {{0.5, 0, 0.5}, {0, 0.5, 0.5}});

    @Test
    void membersThatAreTreesCountWithTheirMeanWeight() {
        assertThat(MemberShares.of(List.of(RETURNS, List.of(), SCALES), WEIGHTS))
                .usingRecursiveFieldByFieldElementComparator(CLOSE)
                .containsExactly(
                        new TreeShare("volatility", 0.5 / 3, (0.75 + 2 * 0.5) / 3),
                        new TreeShare("turnover", 2.0 / 3, 1.0 / 3),
                        new TreeShare("season_1", 0.5 / 3, 0.25 / 3));
    }

    @Test
    void withoutTreesThereAreNoShares() {
        assertThat(MemberShares.of(List.of(List.of(), List.of(), List.of()), WEIGHTS))
                .isEmpty();
    }

    @Test
    void treesThatCountForNothingHaveNoShares() {
        Weights networks = new Weights(new double[][] {{0, 1, 0}});
        assertThat(MemberShares.of(List.of(RETURNS, List.of(), SCALES), networks))
                .isEmpty();
    }
}
