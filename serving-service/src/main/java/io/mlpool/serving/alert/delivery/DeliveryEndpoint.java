package io.mlpool.serving.alert.delivery;

import io.mlpool.errors.RefusedException;
import io.mlpool.serving.alert.delivery.DeliveryHistory.NotificationView;
import io.mlpool.serving.alert.rule.Severity;
import io.mlpool.serving.alert.silence.Matcher;
import io.mlpool.serving.alert.state.AlertEvent;
import io.mlpool.serving.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /alerts/receivers} and {@code /alerts/notifications}: who is told, and what became of it. */
@RestController
@RequestMapping("/alerts")
@Tag(name = "alerts")
class DeliveryEndpoint {

    private final DeliveryConfiguration.Directory directory;
    private final DeliveryHistory history;

    DeliveryEndpoint(DeliveryConfiguration.Directory directory, DeliveryHistory history) {
        this.directory = directory;
        this.history = history;
    }

    /** All receivers. */
    record ReceiverList(List<ReceiverView> receivers) {}

    /** A receiver as it is answered, without secrets. */
    record ReceiverView(
            String name,
            String kind,
            String target,
            @Schema(type = "string") Severity severity,
            List<Matcher> match,
            List<String> groupBy,
            long groupWaitSeconds,
            long groupIntervalSeconds,
            long repeatIntervalSeconds) {}

    /** A page of notifications. */
    record NotificationList(
            List<NotificationView> notifications, @Nullable String nextCursor) {}

    /** A notification with its events. */
    record NotificationWithEvents(NotificationView notification, List<AlertEvent> events) {}

    @Operation(
            operationId = "list_alert_receivers",
            summary = "Who is told, without secrets",
            description = "Receivers are settings of the operator: mlpool.alerts.delivery.receivers.")
    @GetMapping("/receivers")
    ReceiverList receivers() {
        return new ReceiverList(
                directory.receivers().stream().map(DeliveryEndpoint::view).toList());
    }

    @Operation(
            operationId = "list_alert_notifications",
            summary = "Notifications, newest first; dead letters with state=dead")
    @GetMapping("/notifications")
    ResponseEntity<NotificationList> notifications(
            @RequestParam(required = false)
                    @Pattern(regexp = "queued|delivered|dead") @Parameter(
                            schema =
                                    @Schema(
                                            type = "string",
                                            example = "dead",
                                            allowableValues = {"queued", "delivered", "dead"}),
                            description = "Where it stands")
                    @Nullable String state,
            @RequestParam(required = false)
                    @Pattern(regexp = "^[a-z0-9-]{1,64}$") @Parameter(schema = @Schema(type = "string"), description = "Name of a receiver")
                    @Nullable String receiver,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<NotificationView> page = history.page(state, receiver, cursor, limit);
        return page.answer(new NotificationList(page.items(), page.nextCursor()));
    }

    @Operation(operationId = "get_alert_notification", summary = "One notification with its events")
    @GetMapping("/notifications/{id}")
    NotificationWithEvents notification(@PathVariable UUID id) {
        return new NotificationWithEvents(require(id), history.events(id));
    }

    @Operation(
            operationId = "send_alert_notification",
            summary = "Send a dead letter again",
            description = "It is queued anew under its id; what is no dead letter stays as it is.")
    @PostMapping("/notifications/{id}/send")
    NotificationView send(@PathVariable UUID id) {
        require(id);
        history.sendAgain(id);
        return require(id);
    }

    @Operation(
            operationId = "delete_alert_notification",
            summary = "Throw a dead letter away",
            description = "What is no dead letter stays. Repeating it changes nothing.",
            responses =
                    @ApiResponse(
                            responseCode = "204",
                            description = "There is no dead letter of this id now",
                            content = @Content))
    @DeleteMapping("/notifications/{id}")
    ResponseEntity<Void> delete(@PathVariable UUID id) {
        history.remove(id);
        return ResponseEntity.noContent().build();
    }

    private NotificationView require(UUID id) {
        return history.find(id)
                .orElseThrow(() -> RefusedException.notFound(
                        "there is no notification of this id: GET /alerts/notifications lists those there are"));
    }

    private static ReceiverView view(Receiver receiver) {
        return new ReceiverView(
                receiver.name(),
                receiver.channel().kind(),
                receiver.channel().target(),
                receiver.severity(),
                receiver.match(),
                receiver.grouping().by().stream()
                        .map(label -> label.name().toLowerCase(Locale.ROOT))
                        .toList(),
                receiver.grouping().patience().toSeconds(),
                receiver.grouping().interval().toSeconds(),
                receiver.grouping().repeat().toSeconds());
    }
}
