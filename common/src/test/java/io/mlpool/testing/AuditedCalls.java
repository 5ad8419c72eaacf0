package io.mlpool.testing;

import io.mlpool.audit.AuditEntry;
import io.mlpool.audit.AuditLog;
import io.mlpool.audit.AuditRecord;
import java.time.Instant;
import java.util.List;

/** The audit log in short. */
public final class AuditedCalls {

    private AuditedCalls() {}

    /** Service, name of the key, action and status of each entry, such as {@code training-service only-train POST /runs 202}. */
    public static List<String> of(TestDatabase database) {
        return new AuditLog(database.dataSource())
                        .find(new AuditLog.Query(
                                null,
                                null,
                                Instant.EPOCH,
                                Instant.parse("9999-01-01T00:00:00Z"),
                                Long.MAX_VALUE,
                                10_000))
                        .stream()
                        .map(AuditEntry::record)
                        .map(AuditedCalls::inShort)
                        .toList();
    }

    private static String inShort(AuditRecord record) {
        return "%s %s %s %d".formatted(record.service(), record.callerName(), record.action(), record.status());
    }
}
