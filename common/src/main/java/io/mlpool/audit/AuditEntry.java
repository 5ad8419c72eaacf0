package io.mlpool.audit;

/**
 * A record in its place in the chain.
 *
 * @param sequence from 1 without a gap
 * @param previous hash of the entry before, 64 zeros for the first
 */
public record AuditEntry(long sequence, AuditRecord record, String previous, String hash) {

    static final String BEGINNING = "0".repeat(64);

    static AuditEntry after(long sequence, String previous, AuditRecord record) {
        return new AuditEntry(sequence + 1, record, previous, record.hash(sequence + 1, previous));
    }

    boolean isWhole() {
        return hash.equals(record.hash(sequence, previous));
    }
}
