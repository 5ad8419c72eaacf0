package io.mlpool.serving.drift;

import io.mlpool.drift.DriftReference;
import io.mlpool.drift.Tally;
import io.mlpool.serving.drift.Sighting.Sums;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the live versions saw and said, in PostgreSQL: one row of sums for each version and time, however many assets. What is added is added
 * up in memory first.
 */
public final class DriftTallies {

    /** Longer than anybody may ask for, see {@link DriftEndpoint}. */
    private static final Duration KEPT = Duration.ofDays(32);

    private final JdbcClient jdbc;
    private final JsonMapper json;

    /** Tallies of this database. */
    public DriftTallies(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Sums of a stretch of time.
     *
     * @param times as of which there were forecasts
     */
    record Seen(Tally tally, long times) {}

    /** Within the transaction that stores these forecasts; each may be added once. */
    public void add(List<Sighting> sightings) {
        Map<Sums, List<Sighting>> bySums =
                sightings.stream().collect(Collectors.groupingBy(Sighting::sums, TreeMap::new, Collectors.toList()));
        bySums.forEach((sums, of) -> {
            DriftReference reference = of.getFirst().watched().reference();
            Tally tally = reference.tally();
            of.forEach(one -> tally.add(one.watched().row()));
            keep(sums, reference);
            add(sums, tally);
        });
    }

    private void add(Sums sums, Tally tally) {
        jdbc.sql("""
                INSERT INTO drift_tally AS there (model, version, as_of, assets, counts, sums, squares)
                VALUES (:model, :version, :asOf, :assets, :counts, :sums, :squares)
                ON CONFLICT (model, version, as_of) DO UPDATE SET
                  assets = there.assets + excluded.assets, counts = add_elements(there.counts, excluded.counts),
                  sums = add_elements(there.sums, excluded.sums), squares = add_elements(there.squares, excluded.squares)
                """)
                .param("model", sums.model())
                .param("version", sums.version())
                .param("asOf", utc(sums.asOf()))
                .param("assets", tally.rows())
                .param("counts", Arrays.stream(tally.counts()).boxed().toArray(Long[]::new))
                .param("sums", Arrays.stream(tally.sums()).boxed().toArray(Double[]::new))
                .param("squares", Arrays.stream(tally.squares()).boxed().toArray(Double[]::new))
                .update();
    }

    /** What the sums are compared with, for when the bundle is gone; old sums of all versions of the model go, also of those that count no more. */
    private void keep(Sums sums, DriftReference reference) {
        int first = jdbc.sql("""
                INSERT INTO drift_reference (model, version, reference) VALUES (:model, :version, :reference::jsonb)
                ON CONFLICT (model, version) DO NOTHING
                """)
                .param("model", sums.model())
                .param("version", sums.version())
                .param("reference", json.writeValueAsString(reference))
                .update();
        if (first == 0) {
            jdbc.sql("DELETE FROM drift_tally WHERE model = :model AND as_of < :until")
                    .param("model", sums.model())
                    .param("until", utc(sums.asOf().minus(KEPT)))
                    .update();
        }
    }

    Optional<DriftReference> reference(String model, int version) {
        return jdbc.sql("SELECT reference::text FROM drift_reference WHERE model = :model AND version = :version")
                .param("model", model)
                .param("version", version)
                .query(String.class)
                .optional()
                .map(text -> json.readValue(text, DriftReference.class));
    }

    /** All of {@code from} (exclusive) to {@code to} (inclusive). */
    Seen between(String model, int version, DriftReference reference, Instant from, Instant to) {
        Tally tally = reference.tally();
        AtomicLong times = new AtomicLong();
        jdbc.sql("""
                SELECT assets, counts, sums, squares FROM drift_tally
                WHERE model = :model AND version = :version AND as_of > :from AND as_of <= :to
                """)
                .param("model", model)
                .param("version", version)
                .param("from", utc(from))
                .param("to", utc(to))
                .query(row -> {
                    tally.add(
                            row.getLong("assets"),
                            Arrays.stream((Long[]) row.getArray("counts").getArray())
                                    .mapToLong(Long::longValue)
                                    .toArray(),
                            doubles(row.getArray("sums")),
                            doubles(row.getArray("squares")));
                    times.incrementAndGet();
                });
        return new Seen(tally, times.get());
    }

    /** Changes when something was added. */
    String counted(String model, int version) {
        return jdbc.sql(
                        "SELECT concat(max(as_of), ' ', sum(assets)) FROM drift_tally WHERE model = :model AND version = :version")
                .param("model", model)
                .param("version", version)
                .query(String.class)
                .single();
    }

    private static double[] doubles(java.sql.Array array) throws java.sql.SQLException {
        return Arrays.stream((Double[]) array.getArray())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
