package io.mlpool.standalone;

import io.mlpool.errors.RefusedException;
import io.mlpool.security.Keys;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.TransactionException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say whose keys or audit log: those of the pool in a home, running or not, or of a database that is named. */
final class KeysDatabase {

    @Option(
            names = "--database",
            paramLabel = "JDBC_URL",
            description =
                    "jdbc:postgresql://host/mlpool of a pool on other machines; with $$SPRING_DATASOURCE_USERNAME and _PASSWORD. "
                            + "Default: the database of the pool in --home")
    private @Nullable String url;

    @Mixin
    private HomeOption home = new HomeOption();

    /** Where to use a key. */
    Ports ports() {
        return home.running().orElseGet(() -> Ports.from(Ports.DEFAULT));
    }

    /**
     * Does something with the keys.
     *
     * @throws MlpoolException when they cannot be reached, or refuse it
     */
    <T> T ask(Function<Keys, T> question) {
        return askDatabase(database -> question.apply(Keys.in(database, Clock.systemUTC())));
    }

    /** The same with the database itself. */
    <T> T askDatabase(Function<DataSource, T> question) {
        if (url != null) {
            return ask(named(url), question);
        }
        Optional<String> running = home.runningDatabase();
        if (running.isPresent()) {
            return ask(embedded(running.get()), question);
        }
        home.home().requirePool(", --database JDBC_URL one elsewhere");
        try (Pool pool = Pool.open(home.home(), Ports.free())) {
            return ask(embedded(pool.databaseUrl()), question);
        }
    }

    private static <T> T ask(DriverManagerDataSource database, Function<DataSource, T> question) {
        try {
            return question.apply(database);
        } catch (RefusedException e) {
            throw new MlpoolException(String.valueOf(e.getMessage()), e);
        } catch (BadSqlGrammarException e) {
            throw new MlpoolException(
                    "%s has no such tables yet; the first service of this version that starts there makes them"
                            .formatted(place(database)),
                    e);
        } catch (DataAccessException | TransactionException e) {
            throw new MlpoolException(
                    "%s does not answer: %s"
                            .formatted(place(database), e.getMostSpecificCause().getMessage()),
                    e);
        }
    }

    /** Without what stands behind the question mark: that may be a password. */
    private static String place(DriverManagerDataSource database) {
        String url = String.valueOf(database.getUrl());
        int options = url.indexOf('?');
        return options < 0 ? url : url.substring(0, options);
    }

    private static DriverManagerDataSource embedded(String url) {
        return new DriverManagerDataSource(url, "postgres", "");
    }

    /** Name and password may also stand in the URL. */
    private static DriverManagerDataSource named(String url) {
        DriverManagerDataSource database = new DriverManagerDataSource(url);
        Optional.ofNullable(System.getenv("SPRING_DATASOURCE_USERNAME")).ifPresent(database::setUsername);
        Optional.ofNullable(System.getenv("SPRING_DATASOURCE_PASSWORD")).ifPresent(database::setPassword);
        return database;
    }
}
