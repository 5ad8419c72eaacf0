package io.mlpool.serving.experiment;

import io.mlpool.audit.AuditLog;
import io.mlpool.market.Interval;
import io.mlpool.model.Horizon;
import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database with forecasts of two versions, a registry that has both, and a replica that looks after experiments, without Spring. */
final class ExperimentWorld {

    static final String MODEL = "price-1h";
    static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    static final List<Horizon> HORIZONS = List.of(Horizon.of("1h"), Horizon.of("24h"));
    static final Map<String, String> PROMOTED = Map.of("promoted", "true");
    static final Terms TERMS = new Terms(Mode.SHADOW, 0, 0.95, OnWin.TELL, 60, Guardrails.DEFAULT);

    final TestDatabase database = TestDatabase.create();
    final SettableClock clock = new SettableClock(BEGIN);
    final JdbcClient jdbc = database.jdbc();
    final ExperimentStore store = new ExperimentStore(jdbc);
    final AuditLog audit = new AuditLog(database.dataSource());
    final ModelRegistry registry;
    RollbackProperties rollback = new RollbackProperties(true, 28, 0.95, 0.5);

    ExperimentWorld(Path folder) {
        registry = new FolderRegistry(folder.resolve("registry"));
        for (int version = 1; version <= 3; version++) {
            registry.register(ConstantModel.bundle(folder.resolve("bundle" + version), "run-" + version), PROMOTED);
        }
        registry.assign(MODEL, Alias.CHAMPION, 1);
        registry.assign(MODEL, Alias.CHALLENGER, 2);
    }

    Experiment begin(String id, Terms terms) {
        Pair pair = new Pair(MODEL, Interval.ONE_HOUR, HORIZONS, 1, 2);
        store.begin(Experiment.begin(id, Kind.EXPERIMENT, pair, terms, null, BEGIN, "tester"));
        return find(id);
    }

    Experiment find(String id) {
        return store.find(id).orElseThrow();
    }

    /** What a replica does every minute. */
    void look() {
        PairedLosses losses = new PairedLosses(jdbc, Duration.ofHours(6));
        new ExperimentRound(store, losses, registry, promotion(), clock).run();
        new Succession(this::champions, new ChampionStore(jdbc), store, registry, rollback, clock).run();
    }

    /** As they are live in a replica that follows the registry at once. */
    private List<ModelVersion> champions() {
        return registry.find(MODEL, Alias.CHAMPION).stream().toList();
    }

    Promotion promotion() {
        return new Promotion(registry, store, new PromotionAudit(audit, clock)::note, () -> {}, clock);
    }

    /**
     * Forecasts of a version as of each hour up to this one, all of whose outcomes that have come are known: the mean loss varies a little from
     * day to day.
     *
     * @param days from the beginning
     * @param loss as a share of the price
     * @param covered of each ten outcomes how many lie between the quantiles 0.1 and 0.9
     */
    void forecasts(int version, String asset, int days, double loss, int covered) {
        jdbc.sql("""
                INSERT INTO forecast (id, model, version, variant, run_id, asset, vs_currency, interval, horizon, as_of, target_time, target_open,
                                      last_price, levels, prices, probability_up, doubts, created_at,
                                      scored_at, actual_price, pinball_losses)
                SELECT gen_random_uuid(), 'price-1h', :version, 'champion', 'run', :asset, 'usd', '1h', h.label, t, t + h.ahead, t + h.ahead,
                       50, '{0.1,0.5,0.9}', '{40,50,60}', 0.5, '{}', t, t + h.ahead,
                       CASE WHEN extract(hour FROM t)::integer % 10 < :covered THEN 55 ELSE 70 END,
                       array_fill(25 * :loss * (1 + :wobble * (extract(doy FROM t)::integer * 7 % 5 - 2)), ARRAY[3])
                FROM (VALUES ('1h', interval '1 hour'), ('4h', interval '4 hours'), ('24h', interval '24 hours')) AS h (label, ahead),
                     generate_series(:begin::timestamptz, :begin::timestamptz + :days * interval '1 day', interval '1 hour') AS t
                """)
                .param("version", version)
                .param("asset", asset)
                .param("begin", BEGIN.toString())
                .param("days", days)
                .param("loss", loss)
                .param("covered", covered)
                .param("wobble", 0.002 * version)
                .update();
    }

    /** Lets the clock go on for hours, with a look every so many of them. */
    void watch(int hours, int step) {
        for (int hour = 0; hour < hours; hour += step) {
            clock.advance(Duration.ofHours(step));
            look();
        }
    }

    List<Map<String, @Nullable Object>> losses() {
        return jdbc.sql("""
                SELECT horizon, as_of, asked, answered, pairs, control_loss, challenger_loss, control_covered, challenger_covered, settled
                FROM experiment_loss ORDER BY as_of, horizon
                """).query().listOfRows();
    }
}
