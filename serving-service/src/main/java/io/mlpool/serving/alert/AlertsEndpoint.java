package io.mlpool.serving.alert;

import io.mlpool.errors.RefusedException;
import io.mlpool.serving.alert.rule.Severity;
import io.mlpool.serving.alert.state.AlertState;
import io.mlpool.serving.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /alerts}: what there is to tell, and was. */
@RestController
@RequestMapping("/alerts")
@Tag(name = "alerts")
class AlertsEndpoint {

    private static final String RULE = "^[a-z0-9-]{1,64}$";
    private static final String ASSET = "^[^\\u0000]{1,200}$";

    private final AlertHistory history;

    AlertsEndpoint(AlertHistory history) {
        this.history = history;
    }

    /** A page of alerts. */
    record AlertList(List<AlertView> alerts, @Nullable String nextCursor) {}

    @Operation(
            operationId = "list_alerts",
            summary = "Alerts, what changed last first",
            description =
                    "One for each rule and subject that there ever was something to tell of, in its present state.")
    @GetMapping
    ResponseEntity<AlertList> alerts(
            @RequestParam(required = false)
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = "string",
                                            example = "firing",
                                            allowableValues = {"pending", "firing", "resolved"}))
                    @Nullable AlertState state,
            @RequestParam(required = false)
                    @Pattern(regexp = RULE) @Parameter(schema = @Schema(type = "string"))
                    @Nullable String rule,
            @RequestParam(required = false)
                    @Pattern(regexp = ASSET) @Parameter(schema = @Schema(type = "string", example = "bitcoin"))
                    @Nullable String asset,
            @RequestParam(required = false)
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"info", "warning", "critical"}))
                    @Nullable Severity severity,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<AlertView> page = history.page(new AlertHistory.Query(state, rule, asset, severity), cursor, limit);
        return page.answer(new AlertList(page.items(), page.nextCursor()));
    }

    @Operation(operationId = "get_alert", summary = "One alert, with its last thousand changes")
    @GetMapping("/{id}")
    AlertView.WithHistory alert(@PathVariable UUID id) {
        AlertView alert = history.find(id)
                .orElseThrow(() ->
                        RefusedException.notFound("there is no alert of this id: GET /alerts lists those there are"));
        return new AlertView.WithHistory(alert, history.changes(id));
    }
}
