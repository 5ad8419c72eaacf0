package io.mlpool.serving.audit;

import io.mlpool.audit.AuditEntry;
import io.mlpool.audit.AuditLog;
import io.mlpool.audit.AuditRecord;
import io.mlpool.audit.AuditVerification;
import io.mlpool.serving.market.TimeSpan;
import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /audit}: who did what, and whether the log is whole. */
@RestController
@RequestMapping("/audit")
@Tag(name = "audit")
class AuditEndpoint {

    private static final String LIST = "audit";

    private final AuditLog log;
    private final AuditVerification verification;

    AuditEndpoint(AuditLog log) {
        this.log = log;
        this.verification = new AuditVerification(log);
    }

    /** An entry of the log. */
    record EntryView(
            @Schema(example = "42") long sequence,
            @Schema(example = "serving-service") String service,

            @Schema(description = "Id of the key, or anonymous", example = "anonymous")
            String caller,

            @Schema(example = "nightly batch") String callerName,

            @Schema(
                    description = "Of the caller, or its pseudonym; empty where the entry counts questions",
                    example = "~5f0c2a9be3d41786")
            String address,

            @Schema(example = "POST /models/{name}/aliases/{alias}")
            String action,

            @Schema(description = "What the names in the action stood for", example = "alias=champion, name=price-1h")
            String subject,

            @Schema(description = "That answered; empty when none did", example = "price-1h/3")
            String modelVersion,

            @Schema(description = "HTTP status", example = "200")
            int status,

            @Schema(description = "How many requests the entry stands for", example = "1")
            long requests,

            Instant firstAt,
            Instant lastAt,

            @Schema(description = "SHA-256 over the entry and the hash before it")
            String hash) {

        static EntryView of(AuditEntry entry) {
            AuditRecord record = entry.record();
            return new EntryView(
                    entry.sequence(),
                    record.service(),
                    record.caller(),
                    record.callerName(),
                    record.address(),
                    record.action(),
                    record.subject(),
                    record.modelVersion(),
                    record.status(),
                    record.requests(),
                    record.firstAt(),
                    record.lastAt(),
                    entry.hash());
        }
    }

    /** Entries, newest first. */
    record EntriesPage(
            List<EntryView> entries,

            @Schema(description = "To be sent as cursor for the next page; null on the last") @Nullable String nextCursor) {}

    /** Whether the log is whole. */
    record Verified(
            @Schema(description = "Entries that are whole, from the first on", example = "1234")
            long entries,

            @Schema(
                    description = "Hash of the last of them; noted elsewhere it shows later that nothing was cut off",
                    example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
            String head,

            @Schema(description = "What is wrong with the entry behind them; null when nothing is") @Nullable String broken) {}

    @Operation(
            operationId = "list_audit_entries",
            summary = "Who did what, newest first",
            description =
                    "Changes have an entry each, questions and looks are counted; the last of them within [from, to).")
    @GetMapping
    ResponseEntity<EntriesPage> entries(
            @RequestParam(required = false)
                    @Parameter(schema = @Schema(type = "string", example = "anonymous"))
                    @Pattern(regexp = "[^\\x00]*", message = "must hold no NUL") @Nullable String caller,
            @RequestParam(required = false)
                    @Parameter(schema = @Schema(type = "string"))
                    @Pattern(regexp = "[^\\x00]*", message = "must hold no NUL") @Nullable String action,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        TimeSpan span = TimeSpan.between(from, to);
        Cursor last = Cursor.read(LIST, 1, cursor);
        Page<EntryView> page = Page.of(
                log
                        .find(new AuditLog.Query(
                                caller,
                                action,
                                span.from(),
                                span.to(),
                                last == null ? Long.MAX_VALUE : last.number(0),
                                limit + 1))
                        .stream()
                        .map(EntryView::of)
                        .toList(),
                limit,
                entry -> Cursor.after(LIST, entry.sequence()));
        return page.answer(new EntriesPage(page.items(), page.nextCursor()));
    }

    @Operation(
            operationId = "verify_audit_log",
            summary = "Whether the log is whole",
            description =
                    "Walks the chain of hashes from its beginning; with `head`, that of an earlier verification must be in it.")
    @GetMapping("/verification")
    Verified verification(
            @RequestParam(required = false)
                    @Pattern(
                            regexp = "^[0-9a-f]{64}$",
                            message = "should be 64 hexadecimal digits, as an earlier verification answered them")
                    @Nullable String head) {
        AuditVerification.Result result = verification.verify(head);
        return new Verified(result.entries(), result.head(), result.broken().orElse(null));
    }
}
