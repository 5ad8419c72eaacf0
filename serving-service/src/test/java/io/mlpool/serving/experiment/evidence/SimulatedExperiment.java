package io.mlpool.serving.experiment.evidence;

import io.mlpool.model.Horizon;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Two forecasters over some weeks of hours of two coins whose returns have heavy tails (Student's t with 4 degrees of freedom), a common
 * part, and a volatility whose moods last for days. Both know the volatility but for an error of their own that lasts for half a day, and forecast
 * 1, 4 and 24 hours ahead every hour, so that horizons overlap.
 */
final class SimulatedExperiment {

    private static final int DAY = 24;
    private static final int[] HOURS = {1, 4, DAY};
    private static final double[] LEVELS = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};
    private static final double[] NORMAL = {-1.645, -1.2816, -0.6745, 0, 0.6745, 1.2816, 1.645};
    private static final int COINS = 2;
    private static final double MOOD = half(72);
    private static final double ERROR = half(12);

    private final RandomGenerator random;
    private final int days;
    private final double[] errors;
    private final List<Stretch> stretches = new ArrayList<>();

    /**
     * Runs it.
     *
     * @param controlError standard deviation of the control's error in the logarithm of the volatility
     * @param challengerError the same of the challenger
     */
    SimulatedExperiment(long seed, int weeks, double controlError, double challengerError) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.days = 7 * weeks;
        this.errors = new double[] {controlError, challengerError};
        double[] moods = moods((days + 1) * DAY);
        double[][] prices = prices(moods);
        double[] error = {random.nextGaussian(), random.nextGaussian()};
        for (int day = 0; day < days; day++) {
            double[][] losses = new double[HOURS.length][2];
            for (int hour = day * DAY; hour < (day + 1) * DAY; hour++) {
                for (int arm = 0; arm < 2; arm++) {
                    error[arm] = next(error[arm], ERROR);
                    double volatility = volatility(moods[hour]) * Math.exp(errors[arm] * error[arm]);
                    for (int h = 0; h < HOURS.length; h++) {
                        losses[h][arm] += loss(prices, hour, HOURS[h], volatility);
                    }
                }
            }
            for (int h = 0; h < HOURS.length; h++) {
                stretches.add(stretch(day, Horizon.of(HOURS[h] + "h"), losses[h]));
            }
        }
    }

    /**
     * Number of the first of the hours at which somebody looks and one arm's loss is proved less; 0 when none is ever.
     *
     * @param better the arm: negative for the challenger, positive for the control
     */
    int firstProof(int better) {
        int looked = 0;
        for (int hour = 1; hour <= (days + 1) * DAY; hour++) {
            int complete = (hour - DAY) / DAY;
            if (complete > looked) {
                looked = complete;
                Estimate estimate = comparison(complete).logRatio();
                if (better < 0 ? estimate.isBelow(0) : estimate.isAbove(0)) {
                    return hour;
                }
            }
        }
        return 0;
    }

    /** Of the whole time. */
    Comparison comparison() {
        return comparison(days);
    }

    private Comparison comparison(int complete) {
        List<Stretch> known = stretches.subList(0, complete * HOURS.length);
        return new Comparison(known, List.of(Horizon.of("1h"), Horizon.of("4h"), Horizon.of("24h")), 1, 0.05);
    }

    private static Stretch stretch(int day, Horizon horizon, double[] losses) {
        return new Stretch(
                day, horizon, true, DAY, DAY, DAY * COINS, new Tally(losses[0], null), new Tally(losses[1], null));
    }

    private double[] moods(int hours) {
        double[] moods = new double[hours];
        double mood = random.nextGaussian();
        for (int hour = 0; hour < hours; hour++) {
            mood = next(mood, MOOD);
            moods[hour] = mood;
        }
        return moods;
    }

    /** Logarithms, by coin. */
    private double[][] prices(double[] moods) {
        double[][] prices = new double[COINS][moods.length + 1];
        for (int hour = 0; hour < moods.length; hour++) {
            double market = heavyTailed();
            for (double[] coin : prices) {
                coin[hour + 1] = coin[hour] + volatility(moods[hour]) * 0.7 * (market + heavyTailed());
            }
        }
        return prices;
    }

    private static double loss(double[][] prices, int hour, int horizon, double volatility) {
        double loss = 0;
        for (double[] coin : prices) {
            double happened = coin[hour + horizon] - coin[hour];
            for (int level = 0; level < LEVELS.length; level++) {
                double miss = happened - volatility * Math.sqrt(horizon) * NORMAL[level];
                loss += 2 * (miss >= 0 ? LEVELS[level] * miss : (LEVELS[level] - 1) * miss);
            }
        }
        return loss / LEVELS.length / COINS;
    }

    private static double volatility(double mood) {
        return 0.01 * Math.exp(0.5 * mood);
    }

    /** Of variance 1. */
    private double heavyTailed() {
        double squares = 0;
        for (int i = 0; i < 4; i++) {
            double normal = random.nextGaussian();
            squares += normal * normal;
        }
        return random.nextGaussian() / Math.sqrt(squares / 4) / Math.sqrt(2);
    }

    private double next(double before, double persistence) {
        return persistence * before + Math.sqrt(1 - persistence * persistence) * random.nextGaussian();
    }

    private static double half(int hours) {
        return Math.exp(-Math.log(2) / hours);
    }
}
