package io.mlpool.anomaly;

/**
 * Which dimensions make a point unlike the others: its score less that of the usual point, shared out by Shapley's values (Shapley: A value for
 * n-person games, 1953), exactly. A coalition is the point with all dimensions outside of it as usual (baseline Shapley; Sundararajan, Najmi:
 * The many Shapley values for model explanation, ICML 2020).
 */
public final class Attribution {

    private Attribution() {}

    /**
     * Share of each dimension in what makes the score high; they sum to 1. What speaks for the point being usual has none.
     *
     * @param point {@code [width]}, scaled; 0 for what is not known
     */
    public static double[] shares(Scorer scorer, float[] point) {
        double[] shares = values(scorer, point);
        double sum = 0;
        for (int d = 0; d < shares.length; d++) {
            shares[d] = Math.max(0, shares[d]);
            sum += shares[d];
        }
        for (int d = 0; d < shares.length; d++) {
            shares[d] = sum > 0 ? shares[d] / sum : 1.0 / shares.length;
        }
        return shares;
    }

    /** Shapley's values; they sum to the score less that of the usual point. */
    static double[] values(Scorer scorer, float[] point) {
        int width = point.length;
        float[] scores = scorer.scores(coalitions(point), 1 << width);
        double[] values = new double[width];
        for (int coalition = 0; coalition < scores.length; coalition++) {
            for (int d = 0; d < width; d++) {
                if ((coalition & 1 << d) == 0) {
                    values[d] += weight(Integer.bitCount(coalition), width)
                            * (scores[coalition | 1 << d] - scores[coalition]);
                }
            }
        }
        return values;
    }

    private static float[] coalitions(float[] point) {
        int width = point.length;
        float[] rows = new float[width * (1 << width)];
        for (int coalition = 0; coalition < 1 << width; coalition++) {
            for (int d = 0; d < width; d++) {
                rows[coalition * width + d] = (coalition & 1 << d) == 0 ? 0 : point[d];
            }
        }
        return rows;
    }

    /** One over the number of orders in which a member comes right after a coalition of this size, of all orders. */
    private static double weight(int size, int width) {
        double weight = 1.0 / width;
        for (int i = 1; i <= size; i++) {
            weight *= (double) i / (width - i);
        }
        return weight;
    }
}
