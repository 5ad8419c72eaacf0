package io.mlpool.standalone.bench;

import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What a month was like, from what the services wrote down, and what it cost. */
final class MonthReport {

    private static final double MEGABYTE = 1 << 20;

    private final PoolUnderTest pool;
    private final Printout out;
    private final JdbcClient jdbc;
    private final Instant from;
    private final Map<String, String> runs = new HashMap<>();
    private Map<String, Double> before = Map.of();

    MonthReport(PoolUnderTest pool, Printout out, Instant from) {
        this.pool = pool;
        this.out = out;
        this.jdbc = pool.jdbc();
        this.from = from;
    }

    void begin() {
        before = sizes();
    }

    void end(double seconds) {
        out.line("lived in %.0f s", seconds);
        runs();
        decays();
        drift();
        versions();
        rollbacks();
        new WeeklyCoverage(jdbc, from).lines().forEach(line -> out.line("%s", line));
        Map<String, Double> after = sizes();
        after.forEach((name, size) ->
                out.line("%-32s %8.1f MB, at the beginning %8.1f MB", name, size, before.getOrDefault(name, 0.0)));
    }

    /** Remembers the runs that are over: old ones are not kept. */
    void note() {
        jdbc.sql("SELECT id, cause, state, (decision ->> 'promoted')::boolean AS promoted FROM training_run")
                .query((ResultSet row) -> {
                    boolean promoted = row.getBoolean("promoted");
                    String became = row.wasNull() ? row.getString("state") : promoted ? "promoted" : "refused";
                    runs.put(row.getString("id"), "%s, %s".formatted(row.getString("cause"), became));
                });
    }

    private void runs() {
        Map<String, Long> counts =
                runs.values().stream().collect(Collectors.groupingBy(run -> run, TreeMap::new, Collectors.counting()));
        counts.forEach((run, count) -> out.line("runs for %-24s %3d", run, count));
    }

    private void decays() {
        jdbc.sql("SELECT kind, version, found_at, ended_at FROM model_decay ORDER BY found_at")
                .query((ResultSet row) -> out.line(
                        "%s of version %d found at %s, ended at %s",
                        row.getString("kind"),
                        row.getInt("version"),
                        row.getTimestamp("found_at").toInstant(),
                        row.getTimestamp("ended_at") == null
                                ? "no time yet"
                                : row.getTimestamp("ended_at").toInstant()));
    }

    private void drift() {
        JsonNode told = new Calls().get(pool.serving() + "/monitoring/drift");
        told.path("models")
                .forEach(model -> out.line(
                        "version %d at the end: %s",
                        model.path("version").asInt(), model.path("summary").asString()));
    }

    private void versions() {
        out.line(
                "versions that are kept: %s",
                new FolderRegistry(pool.registry(), pool.signing())
                        .versions(Month.MODEL).stream()
                                .map(ModelVersion::version)
                                .toList());
    }

    private void rollbacks() {
        jdbc.sql("SELECT id, state, begun_at, ended_at, outcome FROM experiment WHERE kind = 'watch' ORDER BY begun_at")
                .query((ResultSet row) -> out.line(
                        "%s from %s to %s: %s%s",
                        row.getString("id"),
                        row.getTimestamp("begun_at").toInstant(),
                        row.getTimestamp("ended_at") == null
                                ? "now"
                                : row.getTimestamp("ended_at").toInstant(),
                        row.getString("state"),
                        row.getString("outcome") == null ? "" : ", " + row.getString("outcome")));
    }

    private Map<String, Double> sizes() {
        Map<String, Double> sizes = new LinkedHashMap<>();
        System.gc();
        sizes.put(
                "heap of all services",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE);
        sizes.put(
                "models and run folders",
                folder(Objects.requireNonNull(pool.registry().getParent())));
        jdbc.sql("SELECT pg_database_size(current_database()) AS bytes").query((ResultSet row) -> {
            sizes.put("database", row.getLong("bytes") / MEGABYTE);
        });
        jdbc.sql("""
                SELECT relname, pg_total_relation_size(oid) AS bytes FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY bytes DESC LIMIT 8
                """).query((ResultSet row) -> {
            sizes.put("table " + row.getString("relname"), row.getLong("bytes") / MEGABYTE);
        });
        return sizes;
    }

    private static double folder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file ->
                                    file.toFile().isFile() ? file.toFile().length() : 0)
                            .sum()
                    / MEGABYTE;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + folder, e);
        }
    }
}
