package io.mlpool.standalone;

import io.mlpool.audit.AddressPseudonyms;
import io.mlpool.audit.AuditEntry;
import io.mlpool.audit.AuditLog;
import io.mlpool.audit.AuditRecord;
import io.mlpool.audit.AuditVerification;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./mlpool audit}. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Shows the audit log of a pool and tells whether it is whole. Note the head that `verify` prints somewhere else: with it a later "
                    + "verification also finds out when entries at the end were cut off.%n",
            "./mlpool audit verify",
            "./mlpool audit verify --head HASH --database jdbc:postgresql://db/mlpool%n"
        })
final class AuditCommand {

    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

    @Mixin
    private final Output out = new Output();

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Walks the chain of hashes. Exit code 0: whole; 1: broken, and the message names the entry.")
    int verify(
            @Option(names = "--head", paramLabel = "HASH", description = "Head of an earlier verification") @Nullable String head,
            @Mixin KeysDatabase database) {
        AuditVerification.Result result = database.askDatabase(source -> verify(new AuditLog(source), head));
        out.line("%d entries are whole, head %s", result.entries(), result.head());
        result.broken().ifPresent(broken -> out.line("BROKEN: %s", broken));
        return result.broken().isPresent() ? 1 : 0;
    }

    private static AuditVerification.Result verify(AuditLog log, @Nullable String head) {
        try {
            return new AuditVerification(log).verify(head);
        } catch (IllegalArgumentException e) {
            throw new MlpoolException("--head: " + e.getMessage(), e);
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "Shows the newest entries, oldest of them first: number, time, caller, address ('-' where questions are counted), "
                            + "action, status, how often, what about.")
    int list(
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many. Default: 50")
                    int limit,
            @Mixin KeysDatabase database) {
        if (limit < 1) {
            throw new MlpoolException("--limit must be at least 1, found " + limit);
        }
        AuditLog.Query newest = new AuditLog.Query(null, null, Instant.EPOCH, END, Long.MAX_VALUE, limit);
        database.askDatabase(source -> new AuditLog(source).find(newest))
                .reversed()
                .forEach(this::print);
        return 0;
    }

    @Command(
            name = "pseudonym",
            mixinStandardHelpOptions = true,
            description =
                    "Says under which name an address stands in the log: month, name. It is another each month, and months whose "
                            + "key is deleted (mlpool.audit.address-keys) can be asked no more.")
    int pseudonym(
            @Parameters(paramLabel = "ADDRESS", description = "Of a caller: 203.0.113.7") String address,
            @Mixin KeysDatabase database) {
        Map<YearMonth, String> pseudonyms = database.askDatabase(source -> AddressPseudonyms.of(address, source));
        pseudonyms.forEach((month, name) -> out.line("%s  %s", month, name));
        if (pseudonyms.isEmpty()) {
            out.line("no caller from elsewhere has changed anything yet, so that no address has a pseudonym");
        }
        return 0;
    }

    private void print(AuditEntry entry) {
        AuditRecord record = entry.record();
        out.line(
                "%d  %s  %s  %s  %s  %s  %s%s%s",
                entry.sequence(),
                record.lastAt(),
                record.callerName(),
                record.address().isEmpty() ? "-" : record.address(),
                record.action(),
                record.status(),
                record.requests() == 1 ? "" : record.requests() + " times  ",
                record.subject(),
                record.modelVersion().isEmpty() ? "" : "  " + record.modelVersion());
    }
}
