package io.mlpool.serving.performance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums over forecasts whose outcome is known.
 *
 * @param below for each level, outcomes at or below the quantile
 * @param naiveLoss null where the opponent is not known
 */
record Outcomes(
        long forecasts,
        long[] below,
        double quantileLoss,
        @Nullable Double naiveLoss,
        double absoluteReturn,
        double absoluteError,
        double naiveError,
        double spread,
        double estimatedError) {

    static final String SUMS = """
            sum(forecasts) AS forecasts, sum_elements(below) AS below, sum(quantile_loss) AS quantile_loss, sum(naive_loss) AS naive_loss,
            sum(absolute_return) AS absolute_return, sum(absolute_error) AS absolute_error, sum(naive_error) AS naive_error,
            sum(spread) AS spread, sum(estimated_error) AS estimated_error""";

    static Outcomes of(ResultSet row) throws SQLException {
        Long[] below = (Long[]) row.getArray("below").getArray();
        return new Outcomes(
                row.getLong("forecasts"),
                Arrays.stream(below).mapToLong(Long::longValue).toArray(),
                row.getDouble("quantile_loss"),
                (Double) row.getObject("naive_loss"),
                row.getDouble("absolute_return"),
                row.getDouble("absolute_error"),
                row.getDouble("naive_error"),
                row.getDouble("spread"),
                row.getDouble("estimated_error"));
    }

    Outcomes plus(Outcomes other) {
        long[] sums = new long[below.length];
        Arrays.setAll(sums, level -> below[level] + other.below[level]);
        return new Outcomes(
                forecasts + other.forecasts,
                sums,
                quantileLoss + other.quantileLoss,
                naiveLoss == null || other.naiveLoss == null ? null : (Double) (naiveLoss + other.naiveLoss),
                absoluteReturn + other.absoluteReturn,
                absoluteError + other.absoluteError,
                naiveError + other.naiveError,
                spread + other.spread,
                estimatedError + other.estimatedError);
    }

    double share(int level) {
        return (double) below[level] / forecasts;
    }
}
