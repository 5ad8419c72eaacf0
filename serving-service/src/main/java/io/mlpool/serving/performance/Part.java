package io.mlpool.serving.performance;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Forecasts that are added up.
 *
 * @param seconds of the horizon
 * @param name of the day, asset or group; empty where they are not told apart
 */
record Part(String model, int version, long seconds, String variant, String name) {

    static Part of(ResultSet row) throws SQLException {
        return new Part(
                row.getString("model"),
                row.getInt("version"),
                row.getLong("seconds"),
                row.getString("variant"),
                row.getString("part"));
    }
}
