package io.mlpool.training;

import io.mlpool.market.Interval;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts candles into a database, fast. */
public final class TestCandles {

    public static final Instant START = Instant.parse("2021-01-01T00:00:00Z");

    private final DataSource database;

    public TestCandles(DataSource database) {
        this.database = database;
    }

    /** A price in each bar; NaN leaves a hole. */
    public void load(String asset, Interval interval, Instant start, double... closes) {
        int series = series(asset, interval);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < closes.length; i++) {
            if (!Double.isNaN(closes[i])) {
                rows.append(series)
                        .append('\t')
                        .append(start.plus(interval.duration().multipliedBy(i)));
                for (int price = 0; price < 4; price++) {
                    rows.append('\t').append(closes[i]);
                }
                rows.append("\t")
                        .append(100 + i % 7)
                        .append("\t1\t0\tt\ttest\t")
                        .append(START)
                        .append('\n');
            }
        }
        copy(rows.toString());
    }

    /** Prices of a random walk. */
    public static double[] walk(int bars, double drift, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] closes = new double[bars];
        double logPrice = Math.log(1000);
        for (int i = 0; i < bars; i++) {
            logPrice += drift + 0.01 * random.nextGaussian();
            closes[i] = Math.exp(logPrice);
        }
        return closes;
    }

    private int series(String asset, Interval interval) {
        JdbcClient jdbc = JdbcClient.create(database);
        jdbc.sql("INSERT INTO asset (id, symbol, name) VALUES (:id, :id, :id) ON CONFLICT DO NOTHING")
                .param("id", asset)
                .update();
        jdbc.sql(
                        "INSERT INTO series (asset, vs_currency, interval) VALUES (:id, 'usd', :interval) ON CONFLICT DO NOTHING")
                .param("id", asset)
                .param("interval", interval.label())
                .update();
        return jdbc.sql("SELECT id FROM series WHERE asset = :id AND interval = :interval")
                .param("id", asset)
                .param("interval", interval.label())
                .query(Integer.class)
                .single();
    }

    private void copy(String rows) {
        try (Connection connection = database.getConnection()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY candle (series_id, open_time, open, high, low, close, volume, volume_kind, flags, finished, source, ingested_at) FROM STDIN",
                            new StringReader(rows));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot load candles", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
