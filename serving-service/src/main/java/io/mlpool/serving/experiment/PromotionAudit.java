package io.mlpool.serving.experiment;

import io.mlpool.audit.AuditLog;
import io.mlpool.audit.AuditRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Notes in the audit log that an experiment moved the alias champion by itself, under the same action as when people do. */
record PromotionAudit(AuditLog log, Clock clock) {

    private static final int DONE = 200;

    void note(Experiment experiment) {
        Instant now = clock.instant();
        log.append(List.of(new AuditRecord(
                "serving-service",
                "experiment",
                experiment.id(),
                "",
                "POST /models/{name}/aliases/{alias}",
                "alias=champion, name=%s, version=%d".formatted(experiment.model(), experiment.challenger()),
                "",
                DONE,
                1,
                now,
                now)));
    }
}
