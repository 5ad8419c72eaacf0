package io.mlpool.settings;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Tells who started a service without its database where it was looked for, and what to set. */
final class DatabaseAwayFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    /** Classes of SQLSTATE: no connection, not let in, no such database, shutting down or starting. */
    private static final Set<String> AWAY = Set.of("08", "28", "3D", "57");

    private final Environment settings;

    DatabaseAwayFailureAnalyzer(Environment settings) {
        this.settings = settings;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        SQLException innermost = innermost(cause);
        if (!isAway(innermost) && !(cause instanceof SQLTransientConnectionException)) {
            return null;
        }
        return new FailureAnalysis(
                "PostgreSQL %s at %s, as the user '%s': %s"
                        .formatted(
                                answered(innermost) ? "does not let this service in" : "was not heard of in time",
                                url(),
                                user(),
                                innermost.getMessage()),
                "Start it, or say where it is with SPRING_DATASOURCE_URL=jdbc:postgresql://HOST:PORT/DATABASE, SPRING_DATASOURCE_USERNAME"
                        + " and SPRING_DATASOURCE_PASSWORD. ./mlpool run needs none of them: it brings a PostgreSQL of its own.",
                cause);
    }

    /** Where the pool of connections has nothing to wrap, the driver was still waiting when its time was over. */
    private static boolean answered(SQLException innermost) {
        return !(innermost instanceof SQLTransientConnectionException);
    }

    /** A pool of connections wraps what the driver says. */
    private static SQLException innermost(SQLException failure) {
        SQLException innermost = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException deeper) {
                innermost = deeper;
            }
        }
        return innermost;
    }

    private static boolean isAway(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.length() > 1 && AWAY.contains(state.substring(0, 2));
    }

    /** Without what stands behind the question mark: that may be a password. */
    private String url() {
        return settings.getProperty("spring.datasource.url", "no URL").replaceFirst("\\?.*", "");
    }

    private String user() {
        return settings.getProperty("spring.datasource.username", "");
    }
}
