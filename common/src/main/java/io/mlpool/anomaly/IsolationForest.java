package io.mlpool.anomaly;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Isolation Forest (Liu, Ting, Zhou: Isolation Forest, ICDM 2008): points that few random splits set apart from the others are unlike
 * them. The score is {@code 2^(-E(h)/c(n))} with the mean path length {@code E(h)} and that of an unsuccessful search among as many
 * points as a tree was grown of.
 *
 * @param width numbers of a point
 * @param samples points that each tree was grown of
 */
public record IsolationForest(int width, int samples, List<IsolationTree> trees) implements Scorer {

    private static final double EULER = 0.5772156649015329;

    public IsolationForest {
        trees = List.copyOf(trees);
        if (width < 1 || samples < 2 || trees.isEmpty()) {
            throw new IllegalArgumentException("a forest needs dimensions, 2 points and a tree, found %d, %d and %d"
                    .formatted(width, samples, trees.size()));
        }
    }

    /**
     * How a forest is grown.
     *
     * @param samples points of a tree at most
     */
    public record Settings(int trees, int samples) {

        /** Those of the paper. */
        public static final Settings USUAL = new Settings(100, 256);

        public Settings {
            if (trees < 1 || samples < 2) {
                throw new IllegalArgumentException(
                        "a forest needs a tree and 2 points, found %d and %d".formatted(trees, samples));
            }
        }
    }

    /**
     * Grows a forest.
     *
     * @param rows {@code [n x width]}, finite
     * @param seed the same points and seed give the same forest
     */
    public static IsolationForest grow(float[] rows, int width, Settings settings, long seed) {
        int points = rows.length / width;
        if (points < 2) {
            throw new IllegalArgumentException("a forest needs 2 points, found " + points);
        }
        int samples = Math.min(settings.samples(), points);
        SplittableRandom seeds = new SplittableRandom(seed);
        List<IsolationTree> trees = new ArrayList<>();
        for (int t = 0; t < settings.trees(); t++) {
            RandomGenerator random = seeds.split();
            trees.add(TreeGrowing.grow(rows, width, drawn(points, samples, random), random));
        }
        return new IsolationForest(width, samples, trees);
    }

    /** Different points, by Floyd's method (Bentley, Floyd: A sample of brilliance, CACM 30, 1987). */
    private static int[] drawn(int points, int samples, RandomGenerator random) {
        Set<Integer> chosen = new LinkedHashSet<>();
        for (int j = points - samples; j < points; j++) {
            int candidate = random.nextInt(j + 1);
            chosen.add(chosen.contains(candidate) ? j : candidate);
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Mean length of an unsuccessful search in a binary search tree of {@code n} points, equation 1 of the paper. */
    public static double expectedLength(int n) {
        if (n <= 1) {
            return 0;
        }
        return n == 2 ? 1 : 2 * (Math.log(n - 1) + EULER) - 2 * (n - 1.0) / n;
    }

    @Override
    public float[] scores(float[] rows, int count) {
        float[] scores = new float[count];
        double usual = expectedLength(samples);
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (IsolationTree tree : trees) {
                sum += tree.pathLength(rows, i * width);
            }
            scores[i] = (float) Math.pow(2, -sum / trees.size() / usual);
        }
        return scores;
    }
}
