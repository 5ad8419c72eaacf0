package io.mlpool.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IsolationForestTest {

    private static final int WIDTH = 3;

    @Test
    void thePathsOfSearchesHaveTheLengthsOfThePaper() {
        assertThat(IsolationForest.expectedLength(1)).isZero();
        assertThat(IsolationForest.expectedLength(2)).isEqualTo(1);
        assertThat(IsolationForest.expectedLength(256))
                .as("2 (ln 255 + 0.5772156649) - 2 * 255 / 256")
                .isCloseTo(10.244770920, within(1e-9));
    }

    @Test
    void theSamePointsAndSeedGiveTheSameForest() {
        float[] points = normal(500);

        assertThat(grown(points, 7).scores(points, 500))
                .isEqualTo(grown(points, 7).scores(points, 500));
        assertThat(grown(points, 8).scores(points, 500))
                .isNotEqualTo(grown(points, 7).scores(points, 500));
    }

    @Test
    void aPlantedOutlierStandsOut() {
        float[] points = normal(1_000);
        points[0] = 6;
        points[1] = -6;

        float[] scores = grown(points, 1).scores(points, 1_000);

        assertThat(scores[0]).isGreaterThan(0.65f);
        assertThat(Arrays.copyOfRange(scores, 1, 1_000)).doesNotContain(scores[0]);
        assertThat(scores[0]).isEqualTo(max(scores));
    }

    @Test
    void pointsThatAreAllTheSameAreAsUsual() {
        float[] scores = IsolationForest.grow(new float[300], WIDTH, IsolationForest.Settings.USUAL, 1)
                .scores(new float[WIDTH], 1);

        assertThat(scores[0]).isEqualTo(0.5f);
    }

    @Test
    void aTreeIsNoDeeperThanTheLogarithmOfItsPoints() {
        IsolationForest forest = grown(normal(1_000), 1);

        assertThat(forest.samples()).isEqualTo(256);
        assertThat(forest.trees()).hasSize(100).allSatisfy(tree -> assertThat(depth(tree, 0))
                .isBetween(5, 8));
    }

    @Test
    void onTheTreesOfScikitLearnItScoresAsScikitLearnDoes() throws Exception {
        JsonNode fixture;
        try (InputStream in = IsolationForestTest.class.getResourceAsStream("forest-of-sklearn.json")) {
            fixture = JsonMapper.shared().readTree(in);
        }
        List<IsolationTree> trees = new ArrayList<>();
        fixture.get("trees").forEach(tree -> trees.add(tree(tree)));
        IsolationForest forest =
                new IsolationForest(WIDTH, fixture.get("samples").intValue(), trees);

        float[] scores = forest.scores(floats(fixture.get("points")), 20);

        assertThat(scores)
                .as("made by forest-of-sklearn.py with scikit-learn %s", fixture.get("sklearn"))
                .containsExactly(floats(fixture.get("scores")), within(1e-6f));
    }

    @Test
    void aForestOfNothingIsRefused() {
        assertThatThrownBy(() -> IsolationForest.grow(new float[WIDTH], WIDTH, IsolationForest.Settings.USUAL, 1))
                .hasMessage("a forest needs 2 points, found 1");
    }

    @Test
    void theDimensionThatIsUnusualHasTheScore() {
        IsolationForest forest = grown(normal(1_000), 1);

        assertThat(Attribution.shares(forest, new float[] {0.1f, 8, -0.1f})[1]).isGreaterThan(0.9);
        assertThat(Attribution.shares(forest, new float[] {8, 0, 8}))
                .as("two that are as unusual share it, one that is as usual has nothing")
                .satisfies(shares -> {
                    assertThat(shares[0]).isCloseTo(0.5, within(0.1));
                    assertThat(shares[1]).isZero();
                });
        assertThat(Attribution.shares(forest, new float[3])).containsOnly(1.0 / 3);
    }

    @Test
    void whatTheDimensionsAddIsWhatThePointScoresAboveTheUsualOne() {
        IsolationForest forest = grown(normal(1_000), 1);
        float[] point = {3, -4, 0.5f};

        double sum = Arrays.stream(Attribution.values(forest, point)).sum();

        assertThat(sum).isCloseTo(forest.scores(point, 1)[0] - forest.scores(new float[WIDTH], 1)[0], within(1e-6));
    }

    private static IsolationTree tree(JsonNode tree) {
        int[] left = ints(tree.get("left"));
        int[] right = ints(tree.get("right"));
        int[] points = ints(tree.get("points"));
        float[] length = new float[left.length];
        fill(left, right, points, length, 0, 0);
        int[] feature = ints(tree.get("feature"));
        return new IsolationTree(feature, floats(tree.get("threshold")), left, right, length);
    }

    private static void fill(int[] left, int[] right, int[] points, float[] length, int node, int depth) {
        if (left[node] < 0) {
            length[node] = (float) (depth + IsolationForest.expectedLength(points[node]));
        } else {
            fill(left, right, points, length, left[node], depth + 1);
            fill(left, right, points, length, right[node], depth + 1);
        }
    }

    private static int[] ints(JsonNode list) {
        int[] values = new int[list.size()];
        Arrays.setAll(values, i -> list.get(i).intValue());
        return values;
    }

    private static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) list.get(i).doubleValue();
        }
        return values;
    }

    private static int depth(IsolationTree tree, int node) {
        return tree.isLeaf(node) ? 0 : 1 + Math.max(depth(tree, tree.left()[node]), depth(tree, tree.right()[node]));
    }

    private static float max(float[] values) {
        float max = 0;
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    private static IsolationForest grown(float[] points, long seed) {
        return IsolationForest.grow(points, WIDTH, IsolationForest.Settings.USUAL, seed);
    }

    private static float[] normal(int count) {
        Random random = new Random(5);
        float[] points = new float[count * WIDTH];
        for (int i = 0; i < points.length; i++) {
            points[i] = (float) random.nextGaussian();
        }
        return points;
    }
}
