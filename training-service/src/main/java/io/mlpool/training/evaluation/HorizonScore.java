package io.mlpool.training.evaluation;

import io.mlpool.model.Horizon;
import java.util.List;
import java.util.Map;

/**
 * How good forecasts of one horizon were. What each number is for: docs/metrics.md.
 *
 * @param forecasts that could be scored
 * @param times at which they were made
 * @param wql weighted quantile loss: mean over the levels of twice the pinball loss of the scaled return, over the mean absolute
 *     scaled return; the last price as a point forecast has about 1
 * @param naiveWql the same of the random walk with EWMA volatility
 * @param skillVsNaive how much lower than the random walk's the loss is, in percent; negative when it is higher
 * @param skillVsLastPrice how much lower than the last price's the loss is, in percent
 * @param crps continuous ranked probability score of the log return in percent of the price
 * @param coverage share of outcomes within the central interval of so many percent
 * @param naiveCoverage the same of the random walk
 * @param winkler mean Winkler score of the intervals in scaled returns
 * @param mase mean absolute error of the median in log price, over the mean absolute change of a bar in the train slice
 * @param lastPriceMase the same of the last price
 * @param direction of the median
 * @param cost mean asymmetric cost of the median in percent of the price
 * @param lastPriceCost the same of the last price
 * @param reliability share of outcomes at or below each quantile, in the order of the levels
 */
public record HorizonScore(
        Horizon horizon,
        int forecasts,
        int times,
        double wql,
        double naiveWql,
        double skillVsNaive,
        double skillVsLastPrice,
        double crps,
        Map<String, Double> coverage,
        Map<String, Double> naiveCoverage,
        Map<String, Double> winkler,
        double mase,
        double lastPriceMase,
        DirectionalAccuracy direction,
        double cost,
        double lastPriceCost,
        List<Double> reliability) {}
