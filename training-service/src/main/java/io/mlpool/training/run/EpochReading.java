package io.mlpool.training.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.readings.ReadGauge;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the newest run of each model is or came, and how well it learned in its newest epoch, for metrics. */
final class EpochReading {

    private final JdbcClient jdbc;
    private final ReadGauge progress;
    private final ReadGauge epoch;
    private final ReadGauge loss;
    private final ReadGauge speed;

    EpochReading(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.progress = new ReadGauge(
                meters,
                "mlpool.training.progress",
                "ratio",
                "Share of the epochs of all networks that the newest run may do");
        this.epoch = new ReadGauge(
                meters, "mlpool.training.epoch", "", "Newest finished epoch of the network that the newest run trains");
        this.loss = new ReadGauge(meters, "mlpool.training.loss", "", "Pinball loss after that epoch");
        this.speed = new ReadGauge(
                meters, "mlpool.training.windows.per.second", "", "Windows learned from in a second of it");
    }

    void take() {
        Map<Tags, Number> progressed = new HashMap<>();
        Map<Tags, Number> epochs = new HashMap<>();
        Map<Tags, Number> losses = new HashMap<>();
        Map<Tags, Number> speeds = new HashMap<>();
        jdbc.sql("""
                SELECT run.model, (content ->> 'number')::integer AS part, (content ->> 'parts')::integer AS parts,
                  (content -> 'epoch' ->> 'number')::integer AS epoch, (content -> 'epoch' ->> 'of')::integer AS epochs,
                  (content -> 'epoch' ->> 'train_loss')::double precision AS train,
                  (content -> 'epoch' ->> 'validation_loss')::double precision AS validation,
                  (content -> 'epoch' ->> 'windows_per_second')::double precision AS speed
                FROM (SELECT DISTINCT ON (model) model, id FROM training_run
                      WHERE started_at IS NOT NULL AND trial IS NULL ORDER BY model, created_at DESC) run
                CROSS JOIN LATERAL (
                  SELECT content FROM training_event WHERE run_id = run.id AND kind = 'epoch' ORDER BY id DESC LIMIT 1) newest
                """).query((ResultSet row) -> {
            Tags model = Tags.of("model", row.getString("model"));
            double finished = row.getInt("part") - 1 + row.getDouble("epoch") / row.getInt("epochs");
            progressed.put(model, finished / row.getInt("parts"));
            epochs.put(model, row.getInt("epoch"));
            losses.put(model.and("slice", "train"), row.getDouble("train"));
            losses.put(model.and("slice", "validation"), row.getDouble("validation"));
            speeds.put(model, row.getDouble("speed"));
        });
        progress.set(progressed);
        epoch.set(epochs);
        loss.set(losses);
        speed.set(speeds);
    }
}
