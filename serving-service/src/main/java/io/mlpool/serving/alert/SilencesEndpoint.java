package io.mlpool.serving.alert;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.security.Caller;
import io.mlpool.serving.alert.silence.Matcher;
import io.mlpool.serving.alert.silence.Silence;
import io.mlpool.serving.alert.silence.SilenceStore;
import io.mlpool.serving.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /alerts/silences}: what nobody wants to be told of for a while. */
@RestController
@RequestMapping("/alerts/silences")
@Tag(name = "alerts")
class SilencesEndpoint {

    private static final Duration LONGEST = Duration.ofDays(366);

    private final SilenceStore silences;
    private final Clock clock;

    SilencesEndpoint(SilenceStore silences, Clock clock) {
        this.silences = silences;
        this.clock = clock;
    }

    /** What {@code POST /alerts/silences} takes. */
    record WantedSilence(
            @Nullable UUID id,
            @NotNull @Size(min = 1, max = 20) List<@NotNull Matcher> matchers,
            @Nullable Instant startsAt,
            @NotNull Instant endsAt,
            @NotBlank @Size(max = 1000) String reason) {}

    /** A page of silences. */
    record SilenceList(List<SilenceView> silences, @Nullable String nextCursor) {}

    /** A silence as it is answered. */
    record SilenceView(
            UUID id,
            List<Matcher> matchers,
            Instant startsAt,
            Instant endsAt,
            boolean active,
            String createdBy,
            String reason,
            Instant createdAt) {}

    @Operation(operationId = "list_silences", summary = "Silences, that which ends last first")
    @GetMapping
    ResponseEntity<SilenceList> silences(
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<Silence> page = silences.page(cursor, limit);
        return page.answer(new SilenceList(page.items().stream().map(this::view).toList(), page.nextCursor()));
    }

    @Operation(operationId = "get_silence", summary = "One silence")
    @GetMapping("/{id}")
    SilenceView silence(@PathVariable UUID id) {
        return view(require(id));
    }

    @Operation(
            operationId = "create_silence",
            summary = "Silence alerts for a while",
            description =
                    "Alerts that all matchers match are evaluated, shown and streamed as always, but no receiver is told. With an `id` of your own the request can be repeated.",
            responses = {
                @ApiResponse(
                        responseCode = "201",
                        description = "The silence",
                        content = @Content(schema = @Schema(implementation = SilenceView.class))),
                @ApiResponse(responseCode = "409", description = "Another silence has the id", content = @Content)
            })
    @PostMapping
    ResponseEntity<SilenceView> create(@Valid @RequestBody WantedSilence wanted, HttpServletRequest request) {
        Silence silence = silence(wanted, Caller.of(request).name());
        silences.add(silence);
        Silence kept = require(silence.id());
        if (!isSame(silence, kept, wanted.startsAt() == null)) {
            throw RefusedException.conflict(
                    "silence %s exists and is another one: choose another id".formatted(silence.id()));
        }
        return ResponseEntity.created(URI.create("/alerts/silences/" + kept.id()))
                .body(view(kept));
    }

    @Operation(
            operationId = "end_silence",
            summary = "End a silence now",
            description = "What it kept back and still fires is told. Repeating it changes nothing.")
    @DeleteMapping("/{id}")
    SilenceView end(@PathVariable UUID id) {
        require(id);
        silences.end(id);
        return view(require(id));
    }

    private Silence silence(WantedSilence wanted, String caller) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant starts = Objects.requireNonNullElse(wanted.startsAt(), now).truncatedTo(ChronoUnit.MICROS);
        Instant ends = wanted.endsAt().truncatedTo(ChronoUnit.MICROS);
        boolean isSpan = starts.isBefore(ends)
                && starts.isAfter(now.minus(LONGEST))
                && ends.isAfter(now)
                && ends.isBefore(now.plus(LONGEST));
        if (!isSpan) {
            throw InvalidRequestException.of(
                    "value_error",
                    List.of("body", "ends_at"),
                    "Value error, ends_at must be after starts_at, in the future and within a year",
                    wanted.endsAt().toString());
        }
        UUID id = wanted.id() == null ? UUID.randomUUID() : wanted.id();
        return new Silence(id, wanted.matchers(), starts, ends, caller, wanted.reason(), now);
    }

    private static boolean isSame(Silence asked, Silence kept, boolean anyStart) {
        return asked.matchers().equals(kept.matchers())
                && asked.reason().equals(kept.reason())
                && asked.endsAt().equals(kept.endsAt())
                && (anyStart || asked.startsAt().equals(kept.startsAt()));
    }

    private Silence require(UUID id) {
        return silences.find(id)
                .orElseThrow(() -> RefusedException.notFound(
                        "there is no silence of this id: GET /alerts/silences lists those there are"));
    }

    private SilenceView view(Silence silence) {
        return new SilenceView(
                silence.id(),
                silence.matchers(),
                silence.startsAt(),
                silence.endsAt(),
                silence.isActive(clock.instant()),
                silence.createdBy(),
                silence.reason(),
                silence.createdAt());
    }
}
