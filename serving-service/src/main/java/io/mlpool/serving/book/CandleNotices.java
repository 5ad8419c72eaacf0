package io.mlpool.serving.book;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Listens on PostgreSQL's channel {@code candles}, where ingest says that a transaction with new candles was committed. What
 * is new is looked up, so a notice that is lost while the database is away costs only time.
 */
final class CandleNotices implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CandleNotices.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final DataSource database;
    private final BookLoop loop;
    private final Duration reconnect;
    private volatile @Nullable Thread thread;

    CandleNotices(DataSource database, BookLoop loop, BookProperties properties) {
        this.database = database;
        this.loop = loop;
        this.reconnect = properties.reconnect();
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().name("candle-notices").daemon().start(this::run);
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        while (isRunning()) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN candles");
                loop.wake();
                listen(connection.unwrap(PGConnection.class));
                statement.execute("UNLISTEN candles");
            } catch (SQLException e) {
                pause(e);
            }
        }
    }

    private void listen(PGConnection connection) throws SQLException {
        while (isRunning()) {
            if (connection.getNotifications(Math.toIntExact(PATIENCE.toMillis())).length > 0) {
                loop.wake();
            }
        }
    }

    private void pause(SQLException e) {
        if (!isRunning()) {
            return;
        }
        LOG.warn(
                "Notices of new candles are not heard, new candles are looked for every few seconds: {}",
                e.getMessage());
        try {
            Thread.sleep(reconnect);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
