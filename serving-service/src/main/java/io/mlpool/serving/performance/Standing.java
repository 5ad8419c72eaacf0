package io.mlpool.serving.performance;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How forecasts of one version and horizon turned out. What each number is for: docs/monitoring.md.
 *
 * @param day of the outcomes, UTC; null unless they are told apart by day; likewise asset and liquidity
 * @param forecasts whose outcome is known
 * @param absoluteError mean distance of the outcome from the median, in percent of the last price
 * @param naiveError the same from the last price
 * @param wql weighted quantile loss as the training report has it
 * @param naiveWql the same of the random walk with EWMA volatility; null when the version's bundle does not know it
 * @param skill how much lower the quantile loss is than the random walk's, in percent; null likewise
 * @param calibration share of outcomes at or below each quantile, by level
 * @param coverage share of outcomes within the central interval of so many percent
 * @param estimate how the errors that were estimated fare
 * @param correction the newest; null unless told apart by horizon, or when there is none yet
 */
record Standing(
        String model,
        int version,
        String variant,
        String interval,
        String horizon,
        @Nullable LocalDate day,
        @Nullable String asset,
        @Nullable String liquidity,
        long forecasts,
        double absoluteError,
        double naiveError,
        @Nullable Double wql,
        @Nullable Double naiveWql,
        @Nullable Bounded skill,
        Map<String, Double> calibration,
        Map<String, Bounded> coverage,
        EstimateFigures estimate,
        @Nullable AppliedCorrection correction) {

    /**
     * A number and the interval that holds the true one with 95 %.
     *
     * @param low null, as {@code high}, where there are too few independent outcomes to tell
     */
    record Bounded(
            double value, @Nullable Double low, @Nullable Double high) {}

    /**
     * What {@code estimated_error} was against the errors.
     *
     * @param ratio mean estimated error over mean error; below 1 errors were larger than estimated
     * @param spreadRatio the same of the error that the quantiles imply, before what was learned of errors
     * @param rankCorrelation Spearman's, of estimated and realised errors of an asset and day; null when told apart otherwise than by
     *     horizon, and for fewer than 10 of them
     */
    record EstimateFigures(
            @Nullable Double ratio,
            @Nullable Double spreadRatio,
            @Nullable Double rankCorrelation) {}

    /**
     * How far the quantiles are moved.
     *
     * @param asOf close of the newest candle of the forecasts that got it
     * @param outcomes outcome times that it was learned from
     * @param offsets by level, in units of the scaled return
     */
    record AppliedCorrection(Instant asOf, long outcomes, Map<String, Double> offsets) {}

    /** With what is only known of a whole horizon. */
    Standing with(@Nullable Double rankCorrelation, @Nullable AppliedCorrection newest) {
        return new Standing(
                model,
                version,
                variant,
                interval,
                horizon,
                day,
                asset,
                liquidity,
                forecasts,
                absoluteError,
                naiveError,
                wql,
                naiveWql,
                skill,
                calibration,
                coverage,
                new EstimateFigures(estimate.ratio(), estimate.spreadRatio(), rankCorrelation),
                newest);
    }

    /** A third of the assets by what is traded of them. */
    record LiquidityGroup(String liquidity, int assets, double tradedFrom, double tradedTo, LocalDate measuredOn) {}

    /** @param nextCursor null on the last page */
    record Performance(
            Instant from,
            Instant to,
            By by,
            List<LiquidityGroup> liquidityGroups,
            List<Standing> performance,
            @Nullable String nextCursor) {}
}
