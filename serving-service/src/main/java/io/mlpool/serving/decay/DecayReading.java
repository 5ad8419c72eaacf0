package io.mlpool.serving.decay;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.readings.ReadGauge;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What speaks against the champions, over all replicas, for metrics. */
final class DecayReading {

    private final JdbcClient jdbc;
    private final LiveForecasters live;
    private final ReadGauge gauge;

    DecayReading(JdbcClient jdbc, LiveForecasters live, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.live = live;
        this.gauge = new ReadGauge(
                meters, "mlpool.model.decay", "", "1 while this speaks against the champion, over all replicas");
    }

    void take() {
        Map<Tags, Number> standing = new HashMap<>();
        for (LiveForecaster champion : live.champions()) {
            for (Decay kind : Decay.values()) {
                standing.put(tags(champion.slot().model(), kind.label()), 0);
            }
        }
        jdbc.sql("SELECT model, kind FROM model_decay WHERE ended_at IS NULL").query((ResultSet row) -> {
            standing.computeIfPresent(tags(row.getString("model"), row.getString("kind")), (tags, none) -> 1);
        });
        gauge.set(standing);
    }

    private static Tags tags(String model, String kind) {
        return Tags.of("model", model, "kind", kind);
    }
}
