package io.mlpool.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The log in PostgreSQL: one chain for all services and their replicas. */
public final class AuditLog {

    /** Names the lock under which entries are added one after the other. */
    private static final long LOCK = 0x6d6c706f6f6cL;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    public AuditLog(DataSource database) {
        this.jdbc = JdbcClient.create(database);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(database));
    }

    /**
     * What is looked for.
     *
     * @param before entries with a lower sequence, exclusive
     * @param from latest request at or after it, inclusive
     * @param to latest request before it, exclusive
     */
    public record Query(
            @Nullable String caller, @Nullable String action, Instant from, Instant to, long before, int limit) {}

    /** Adds these in their order, all or none. */
    public void append(List<AuditRecord> records) {
        if (!records.isEmpty()) {
            transactions.executeWithoutResult(_ -> chain(records));
        }
    }

    /** Newest first. */
    public List<AuditEntry> find(Query query) {
        return jdbc.sql("""
                SELECT * FROM audit_entry
                WHERE (:caller::text IS NULL OR caller = :caller) AND (:action::text IS NULL OR action = :action)
                  AND last_at >= :from AND last_at < :to AND sequence < :before
                ORDER BY sequence DESC LIMIT :limit
                """)
                .param("caller", query.caller())
                .param("action", query.action())
                .param("from", query.from().atOffset(ZoneOffset.UTC))
                .param("to", query.to().atOffset(ZoneOffset.UTC))
                .param("before", query.before())
                .param("limit", query.limit())
                .query((row, n) -> entry(row))
                .list();
    }

    /** Sequence of the newest entry; 0 for none. */
    long head() {
        return jdbc.sql("SELECT coalesce(max(sequence), 0) FROM audit_entry")
                .query(Long.class)
                .single();
    }

    /** In their order, from the one behind {@code sequence}. */
    List<AuditEntry> behind(long sequence, int limit) {
        return jdbc.sql("SELECT * FROM audit_entry WHERE sequence > :sequence ORDER BY sequence LIMIT :limit")
                .param("sequence", sequence)
                .param("limit", limit)
                .query((row, n) -> entry(row))
                .list();
    }

    private void chain(List<AuditRecord> records) {
        jdbc.sql("SELECT pg_advisory_xact_lock(:lock)").param("lock", LOCK).query(rows -> {});
        Optional<AuditEntry> last = jdbc.sql("SELECT * FROM audit_entry ORDER BY sequence DESC LIMIT 1")
                .query((row, n) -> entry(row))
                .optional();
        long sequence = last.map(AuditEntry::sequence).orElse(0L);
        String hash = last.map(AuditEntry::hash).orElse(AuditEntry.BEGINNING);
        for (AuditRecord record : records) {
            AuditEntry next = AuditEntry.after(sequence, hash, record);
            insert(next);
            sequence = next.sequence();
            hash = next.hash();
        }
    }

    private void insert(AuditEntry entry) {
        AuditRecord record = entry.record();
        jdbc.sql("""
                INSERT INTO audit_entry (sequence, service, caller, caller_name, address, action, subject, model_version, status,
                  requests, first_at, last_at, previous, hash)
                VALUES (:sequence, :service, :caller, :callerName, :address, :action, :subject, :modelVersion, :status,
                  :requests, :firstAt, :lastAt, :previous, :hash)
                """)
                .param("sequence", entry.sequence())
                .param("service", record.service())
                .param("caller", record.caller())
                .param("callerName", record.callerName())
                .param("address", record.address())
                .param("action", record.action())
                .param("subject", record.subject())
                .param("modelVersion", record.modelVersion())
                .param("status", record.status())
                .param("requests", record.requests())
                .param("firstAt", record.firstAt().atOffset(ZoneOffset.UTC))
                .param("lastAt", record.lastAt().atOffset(ZoneOffset.UTC))
                .param("previous", entry.previous())
                .param("hash", entry.hash())
                .update();
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        AuditRecord record = new AuditRecord(
                row.getString("service"),
                row.getString("caller"),
                row.getString("caller_name"),
                row.getString("address"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("model_version"),
                row.getInt("status"),
                row.getLong("requests"),
                row.getTimestamp("first_at").toInstant(),
                row.getTimestamp("last_at").toInstant());
        return new AuditEntry(row.getLong("sequence"), record, row.getString("previous"), row.getString("hash"));
    }
}
