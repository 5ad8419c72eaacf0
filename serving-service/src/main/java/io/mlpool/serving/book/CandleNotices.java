package io.mlpool.serving.book;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on PostgreSQL's channel {@code candles}, where ingest says that a transaction with new candles was committed. What
 * is new is looked up, so a notice that is lost while the database is away costs only time.
 */
class CandleNotices extends Worker {

    private static final Logger LOG = LoggerFactory.getLogger(CandleNotices.class);
    private static final Duration LISTENING = Duration.ofSeconds(1);

    private final DataSource database;
    private final BookLoop loop;
    private final Duration reconnect;

    CandleNotices(DataSource database, BookLoop loop, BookProperties properties) {
        super("candle-notices");
        this.database = database;
        this.loop = loop;
        this.reconnect = properties.reconnect();
    }

    @Override
    void work() throws InterruptedException {
        while (isRunning()) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN candles");
                loop.wake();
                listen(connection.unwrap(PGConnection.class));
                statement.execute("UNLISTEN candles");
            } catch (SQLException e) {
                recover(e);
            }
        }
    }

    private void listen(PGConnection connection) throws SQLException {
        while (isRunning()) {
            if (connection.getNotifications(Math.toIntExact(LISTENING.toMillis())).length > 0) {
                loop.wake();
            }
        }
    }

    private void recover(SQLException e) throws InterruptedException {
        if (isRunning()) {
            LOG.warn(
                    "Notices of new candles are not heard, new candles are looked for every few seconds: {}",
                    e.getMessage());
            Thread.sleep(reconnect);
        }
    }
}
