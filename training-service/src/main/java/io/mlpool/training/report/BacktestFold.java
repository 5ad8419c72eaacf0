package io.mlpool.training.report;

import io.mlpool.model.Horizon;
import io.mlpool.training.evaluation.HorizonScore;
import java.time.Instant;
import java.util.List;

/**
 * One model of a backtest, and how good it was until the next one was made.
 *
 * @param number counted from 1
 * @param trainedUntil close time of the newest candle that it saw, targets included
 * @param available windows that it could have learned from
 * @param learned windows that it learned from, those included that told when to stop
 * @param from when the first of its forecasts was made (inclusive)
 * @param until when the last of them was made (inclusive)
 * @param windows how many times it was asked
 * @param horizons nearest first
 */
public record BacktestFold(
        int number,
        Instant trainedUntil,
        int available,
        int learned,
        Instant from,
        Instant until,
        int windows,
        List<Score> horizons) {

    public BacktestFold {
        horizons = List.copyOf(horizons);
    }

    /**
     * How good it was at a horizon.
     *
     * @param forecasts whose outcome is known
     * @param wql weighted quantile loss, as in {@link HorizonScore}
     * @param naiveWql the same of the random walk
     * @param skillVsNaive how much lower than the random walk's the loss is, in percent
     */
    public record Score(Horizon horizon, int forecasts, double wql, double naiveWql, double skillVsNaive) {

        public static Score of(HorizonScore score) {
            return new Score(score.horizon(), score.forecasts(), score.wql(), score.naiveWql(), score.skillVsNaive());
        }
    }
}
