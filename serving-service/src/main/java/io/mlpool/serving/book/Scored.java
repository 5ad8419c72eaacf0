package io.mlpool.serving.book;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What became of some forecasts of one model and horizon, summed up.
 *
 * @param alias under which the version was live
 * @param forecasts how many
 * @param covered of how many the price stayed between the lowest and the highest quantile
 * @param absoluteError sum of the medians' distances from what happened, each as a share of the price at the time
 * @param naiveError the same of the last price
 * @param quantileLoss sum of twice the pinball loss, mean over the levels, likewise
 */
record Scored(
        String model,
        String alias,
        String horizon,
        long forecasts,
        long covered,
        double absoluteError,
        double naiveError,
        double quantileLoss) {

    static Scored of(ResultSet row) throws SQLException {
        return new Scored(
                row.getString("model"),
                row.getString("variant"),
                row.getString("horizon"),
                row.getLong("forecasts"),
                row.getLong("covered"),
                row.getDouble("absolute_error"),
                row.getDouble("naive_error"),
                row.getDouble("quantile_loss"));
    }
}
