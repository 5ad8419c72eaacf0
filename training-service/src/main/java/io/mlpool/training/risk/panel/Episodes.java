package io.mlpool.training.risk.panel;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts losses rather than rows: rows with the event of one asset that lie within a horizon of each other are one episode. */
public final class Episodes {

    private Episodes() {}

    public static int count(RiskPanel panel) {
        Duration horizon = panel.event().horizon().duration();
        Map<String, Instant> last = new HashMap<>();
        int episodes = 0;
        for (RiskSample sample : panel.samples()) {
            if (sample.event()) {
                Instant before = last.put(sample.row().asset(), sample.asOf());
                episodes += before == null || before.plus(horizon).isBefore(sample.asOf()) ? 1 : 0;
            }
        }
        return episodes;
    }
}
