package io.mlpool.serving.alert.delivery;

import io.mlpool.encryption.KeyedHash;
import io.mlpool.serving.alert.state.AlertEvent;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by POST, signed. The header {@code Mlpool-Signature} is {@code t=<seconds since 1970>,v1=<HMAC-SHA256 in hex of t, a point and the
 * body>}; {@code Idempotency-Key} is the id of the notification, the same in every attempt.
 */
final class Webhook implements Channel {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final int HASH_BYTES = 32;

    private final URI uri;
    private final byte[] secret;
    private final Calls calls;
    private final Clock clock;

    Webhook(URI uri, String secret, Calls calls, Clock clock) {
        this.uri = uri;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.calls = calls;
        this.clock = clock;
    }

    /** What is sent; it does not change from attempt to attempt. */
    record Body(
            UUID notificationId,
            String receiver,
            String group,
            boolean reminder,
            Instant createdAt,
            List<AlertEvent> events) {}

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public String target() {
        return Calls.target(uri);
    }

    @Override
    public Outcome send(Notification notification) throws InterruptedException {
        String body = JSON.writeValueAsString(new Body(
                notification.id(),
                notification.receiver(),
                notification.group(),
                notification.reminder(),
                notification.createdAt(),
                notification.events()));
        return calls.send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header("User-Agent", "mlpool-alerts")
                .header("Idempotency-Key", notification.id().toString())
                .header("Mlpool-Signature", signature(body, clock.instant().getEpochSecond()))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String signature(String body, long time) {
        return "t=%d,v1=%s".formatted(time, KeyedHash.of(time + "." + body, secret, HASH_BYTES));
    }
}
