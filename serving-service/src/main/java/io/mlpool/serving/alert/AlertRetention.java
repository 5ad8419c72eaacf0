package io.mlpool.serving.alert;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.mlpool.serving.alert.delivery.Outbox;
import io.mlpool.serving.alert.silence.SilenceStore;
import io.mlpool.serving.alert.state.AlertStore;
import io.mlpool.serving.retention.Retention;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Removes what was over long ago. Dead letters stay until somebody sends them again or throws them away. */
final class AlertRetention {

    private static final Duration PAUSE = Duration.ofHours(1);

    private final AlertStore alerts;
    private final SilenceStore silences;
    private final Outbox outbox;
    private final Duration retention;
    private final Clock clock;

    AlertRetention(AlertStore alerts, SilenceStore silences, Outbox outbox, Duration retention, Clock clock) {
        this.alerts = alerts;
        this.silences = silences;
        this.outbox = outbox;
        this.retention = retention;
        this.clock = clock;
    }

    RecurringTask<Void> task() {
        return Retention.task("alert-retention", PAUSE, stopped -> remove());
    }

    void remove() {
        Instant before = clock.instant().minus(retention);
        outbox.remove(before);
        alerts.remove(before);
        silences.remove(before);
    }
}
