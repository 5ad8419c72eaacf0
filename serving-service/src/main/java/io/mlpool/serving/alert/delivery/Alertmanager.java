package io.mlpool.serving.alert.delivery;

import io.mlpool.serving.alert.state.AlertEvent;
import io.mlpool.serving.alert.state.AlertState;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Alerts for Prometheus' Alertmanager, {@code POST /api/v2/alerts}, which groups and silences by itself. What fires is sent again and again
 * and said to end some repeats later, so that it ends there too when this pool is gone.
 */
final class Alertmanager implements Channel {

    /** Repeats that may be missed before Alertmanager takes an alert for resolved. */
    private static final int MISSED = 5;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI uri;
    private final @Nullable String bearer;
    private final Duration repeat;
    private final Calls calls;
    private final Clock clock;

    Alertmanager(URI uri, @Nullable String bearer, Duration repeat, Calls calls, Clock clock) {
        this.uri = URI.create(uri.toString().replaceAll("/+$", "") + "/api/v2/alerts");
        this.bearer = bearer;
        this.repeat = repeat;
        this.calls = calls;
        this.clock = clock;
    }

    /** In Alertmanager's own names. */
    record Posted(Map<String, String> labels, Map<String, String> annotations, Instant startsAt, Instant endsAt) {}

    @Override
    public String kind() {
        return "alertmanager";
    }

    @Override
    public String target() {
        return Calls.target(uri);
    }

    @Override
    public Outcome send(Notification notification) throws InterruptedException {
        String body = JSON.writeValueAsString(
                newest(notification.events()).stream().map(this::posted).toList());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return calls.send(request);
    }

    /** An alert that fires anew has the labels of before, and Alertmanager knows it by these: only how it stands counts. */
    private static Collection<AlertEvent> newest(List<AlertEvent> events) {
        Map<UUID, AlertEvent> newest = new LinkedHashMap<>();
        events.forEach(event -> newest.put(event.alertId(), event));
        return newest.values();
    }

    private Posted posted(AlertEvent event) {
        boolean firing = event.state() == AlertState.FIRING;
        Map<String, String> annotations = new HashMap<>();
        annotations.put("summary", event.summary());
        annotations.put("alert_id", event.alertId().toString());
        return new Posted(
                event.labels(),
                annotations,
                event.firedAt() == null ? event.at() : event.firedAt(),
                firing ? clock.instant().plus(repeat.multipliedBy(MISSED)) : event.at());
    }
}
