package io.mlpool.model;

import java.util.List;

/**
 * Where a price may be at the horizon: quantiles that do not cross.
 *
 * @param levels probabilities, rising, the median among them
 * @param prices at those probabilities, finite, positive, not falling
 */
public record PriceDistribution(List<Double> levels, List<Double> prices) {

    public PriceDistribution {
        levels = List.copyOf(levels);
        prices = List.copyOf(prices);
        if (levels.size() != prices.size()) {
            throw new IllegalArgumentException("%d levels but %d prices".formatted(levels.size(), prices.size()));
        }
        double previous = 0;
        for (double price : prices) {
            if (!Double.isFinite(price) || price <= 0 || price < previous) {
                throw new IllegalArgumentException("prices must be finite, positive and not fall, found " + prices);
            }
            previous = price;
        }
    }

    /**
     * The distribution from quantiles of the scaled return.
     *
     * @param scaledReturns one for each level, not falling
     * @param lastPrice from which the return counts
     * @param scale log return that one unit stands for: volatility of a bar times the root of the horizon's bars
     */
    public static PriceDistribution of(List<Double> levels, double[] scaledReturns, double lastPrice, double scale) {
        List<Double> prices = java.util.Arrays.stream(scaledReturns)
                .mapToObj(scaled -> lastPrice * Math.exp(scaled * scale))
                .toList();
        return new PriceDistribution(levels, prices);
    }

    public double median() {
        return prices.get(levels.indexOf(0.5));
    }

    /**
     * Probability that the price ends above {@code price}: linear in the logarithm of the price between the quantiles; beyond
     * the outer ones only their level is known, so the answer stays at it.
     */
    public double probabilityAbove(double price) {
        if (price < prices.getFirst()) {
            return 1 - levels.getFirst();
        }
        for (int i = 1; i < prices.size(); i++) {
            if (price < prices.get(i)) {
                double share = Math.log(price / prices.get(i - 1)) / Math.log(prices.get(i) / prices.get(i - 1));
                return 1 - (levels.get(i - 1) + share * (levels.get(i) - levels.get(i - 1)));
            }
        }
        return 1 - levels.getLast();
    }

    /** Mean distance between the price and the median that these quantiles imply, in quote currency. */
    public double expectedAbsoluteError() {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < prices.size(); i++) {
            double from = i == 0 ? 0 : (levels.get(i - 1) + levels.get(i)) / 2;
            double to = i == prices.size() - 1 ? 1 : (levels.get(i) + levels.get(i + 1)) / 2;
            sum += (to - from) * Math.abs(prices.get(i) - median());
            weights += to - from;
        }
        return sum / weights;
    }
}
