package io.mlpool.audit;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Walks the chain from its first entry to its last, in pages, and says where it is broken first. */
public final class AuditVerification {

    private static final int PAGE = 1_000;
    private static final Pattern HEAD = Pattern.compile("[0-9a-f]{64}");

    private final AuditLog log;

    public AuditVerification(AuditLog log) {
        this.log = log;
    }

    /**
     * What came out.
     *
     * @param entries that were walked and are whole
     * @param head hash of the last of them: noted elsewhere, it shows later that nothing was cut off
     * @param broken what is wrong with the entry behind them; empty when nothing is
     */
    public record Result(long entries, String head, Optional<String> broken) {}

    /**
     * Walks it.
     *
     * @param noted head of an earlier verification that must still be in the chain; null when none was noted
     * @throws IllegalArgumentException when what was noted can be no head
     */
    public Result verify(@Nullable String noted) {
        if (noted != null && !HEAD.matcher(noted).matches()) {
            throw new IllegalArgumentException(
                    "a head has 64 hexadecimal digits, 0 to 9 and a to f, as a verification says it; found '%s'"
                            .formatted(noted));
        }
        long sequence = 0;
        String hash = AuditEntry.BEGINNING;
        boolean seen = noted == null || noted.equals(hash);
        for (List<AuditEntry> page = log.behind(Long.MIN_VALUE, PAGE);
                !page.isEmpty();
                page = log.behind(sequence, PAGE)) {
            for (AuditEntry entry : page) {
                Optional<String> broken = broken(entry, sequence, hash);
                if (broken.isPresent()) {
                    return new Result(sequence, hash, broken);
                }
                sequence = entry.sequence();
                hash = entry.hash();
                seen |= hash.equals(noted);
            }
        }
        return new Result(sequence, hash, seen ? Optional.empty() : Optional.of(cut(noted)));
    }

    private static Optional<String> broken(AuditEntry entry, long before, String hash) {
        if (entry.sequence() <= before) {
            return Optional.of("entry %d was put in before the first".formatted(entry.sequence()));
        }
        if (entry.sequence() != before + 1) {
            return Optional.of("entry %d is missing: it was removed".formatted(before + 1));
        }
        if (!entry.isWhole()) {
            return Optional.of("entry %d was changed: its fields do not give its hash".formatted(entry.sequence()));
        }
        if (!entry.previous().equals(hash)) {
            return Optional.of("entry %d does not follow entry %d: one of them was replaced, or entries were exchanged"
                    .formatted(entry.sequence(), before));
        }
        return Optional.empty();
    }

    private static String cut(@Nullable String noted) {
        return "no entry has the hash %s: entries at the end were cut off".formatted(noted);
    }
}
