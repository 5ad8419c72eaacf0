package io.mlpool.serving.experiment;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.readings.ReadGauge;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Experiments, over all replicas, for metrics: at most one runs for a model, which stands for it. */
final class ExperimentReading {

    private static final Standings.Difference UNKNOWN = new Standings.Difference(null, null, null);

    private final ExperimentStore store;
    private final JdbcClient jdbc;
    private final LiveForecasters live;
    private final ReadGauge states;
    private final ReadGauge difference;
    private final ReadGauge pairs;
    private final ReadGauge winners;
    private final ReadGauge rollbacks;
    private final Clock clock;

    ExperimentReading(ExperimentStore store, JdbcClient jdbc, LiveForecasters live, MeterRegistry meters, Clock clock) {
        this.store = store;
        this.jdbc = jdbc;
        this.live = live;
        this.states = new ReadGauge(meters, "mlpool.experiments", "", "Experiments by state, over all replicas");
        this.difference = new ReadGauge(
                meters,
                "mlpool.experiment.difference",
                "",
                "Challenger's loss relative to the control's, -0.03 is 3 % less, with its interval; NaN while unknown");
        this.pairs = new ReadGauge(meters, "mlpool.experiment.pairs", "", "Paired forecasts with a known outcome");
        this.winners = new ReadGauge(
                meters,
                "mlpool.experiment.winner",
                "",
                "1: the challenger is proved better, -1: the control, 0: neither");
        this.rollbacks = new ReadGauge(
                meters, "mlpool.rollbacks", "", "Rollbacks by themselves within the last day, over all replicas");
        this.clock = clock;
    }

    void take() {
        Map<Tags, Number> counts = new HashMap<>();
        for (ExperimentState state : ExperimentState.values()) {
            counts.put(Tags.of("state", state.label()), 0);
        }
        jdbc.sql("SELECT state, count(*) AS experiments FROM experiment GROUP BY state")
                .query((ResultSet row) -> {
                    counts.put(Tags.of("state", row.getString("state")), row.getLong("experiments"));
                });
        states.set(counts);
        takeRunning();
        takeRollbacks();
    }

    private void takeRollbacks() {
        Map<Tags, Number> byModel = new HashMap<>();
        live.champions()
                .forEach(
                        champion -> byModel.put(Tags.of("model", champion.slot().model()), 0));
        jdbc.sql("""
                SELECT model, count(*) AS rollbacks FROM experiment
                WHERE kind = 'watch' AND state = 'promoted' AND ended_at > :lately GROUP BY model
                """)
                .param("lately", clock.instant().minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC))
                .query((ResultSet row) -> {
                    byModel.put(Tags.of("model", row.getString("model")), row.getLong("rollbacks"));
                });
        rollbacks.set(byModel);
    }

    private void takeRunning() {
        Map<Tags, Number> differences = new HashMap<>();
        Map<Tags, Number> counts = new HashMap<>();
        Map<Tags, Number> won = new HashMap<>();
        for (LiveForecaster champion : live.champions()) {
            Tags model = Tags.of("model", champion.slot().model());
            put(differences, model, UNKNOWN);
            counts.put(model, 0);
            won.put(model, 0);
        }
        for (Experiment experiment : store.open()) {
            Tags model = Tags.of("model", experiment.model());
            Standings standings = experiment.standings();
            put(differences, model, standings == null ? UNKNOWN : standings.difference());
            counts.put(model, standings == null ? 0 : standings.pairs());
            Arm winner = experiment.winner();
            won.put(model, winner == null ? 0 : winner == Arm.CHALLENGER ? 1 : -1);
        }
        difference.set(differences);
        pairs.set(counts);
        winners.set(won);
    }

    private static void put(Map<Tags, Number> differences, Tags model, Standings.Difference found) {
        differences.put(model.and("bound", "mean"), number(found.relative()));
        differences.put(model.and("bound", "lower"), number(found.lower()));
        differences.put(model.and("bound", "upper"), number(found.upper()));
    }

    private static double number(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
