package io.mlpool.serving.alert.delivery;

import static io.mlpool.serving.alert.AlertWorld.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.mlpool.serving.alert.AlertWorld;
import io.mlpool.serving.alert.rule.Condition;
import io.mlpool.serving.alert.rule.Rule;
import io.mlpool.serving.alert.rule.Severity;
import io.mlpool.serving.alert.rule.Span;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Mail and Alertmanager. */
class ChannelsTest {

    private final AlertWorld world = new AlertWorld();

    @BeforeEach
    void watchAnomalies() {
        world.rule(new Rule(
                "odd",
                new Condition.AnomalyGrade(0.5, Span.of("1h"), null, null),
                List.of(),
                Duration.ZERO,
                Severity.CRITICAL,
                Map.of(),
                true));
        world.anomaly("bitcoin", 0.9, NOON);
        world.anomaly("ethereum", 0.8, NOON);
    }

    private static ReceiverSettings settings(
            ReceiverSettings.@Nullable ToEmail email, ReceiverSettings.@Nullable ToAlertmanager alertmanager) {
        return new ReceiverSettings(
                null,
                email,
                alertmanager,
                Severity.WARNING,
                Map.of("alertname", "odd"),
                List.of(GroupLabel.RULE, GroupLabel.SEVERITY),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                null,
                Duration.ofSeconds(5),
                1);
    }

    private static ReceiverSettings mail(int port) {
        return settings(
                new ReceiverSettings.ToEmail(
                        "127.0.0.1",
                        port,
                        "user",
                        "password",
                        ReceiverSettings.Tls.NONE,
                        "pool@example.org",
                        List.of("ops@example.org", "desk@example.org")),
                null);
    }

    @Test
    void mailTellsEveryEventToAllWithTheIdOfItsNotification() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            server.setUser("pool@example.org", "user", "password");
            Replica replica =
                    new Replica(world, Map.of("desk", mail(server.getSmtp().getPort())));
            replica.evaluate();
            replica.pass(Duration.ofMinutes(2));

            MimeMessage[] mails = server.getReceivedMessages();
            assertThat(mails).as("one for each of two addresses").hasSize(2);
            assertThat(mails[0].getSubject()).isEqualTo("[ML Pool] 2 firing: rule=odd,severity=critical");
            assertThat(mails[0].getContent().toString())
                    .contains("bitcoin: anomaly of grade 0.9 within 1h")
                    .contains("ethereum: anomaly of grade 0.8 within 1h");
            String id = world.jdbc
                    .sql("SELECT id::text FROM alert_notification")
                    .query(String.class)
                    .single();
            assertThat(mails[0].getMessageID()).isEqualTo("<%s@alerts.mlpool>".formatted(id));
            assertThat(replica.deliveries("desk", "delivered")).isEqualTo(1);
        } finally {
            server.stop();
        }
    }

    @Test
    void mailServerThatIsAwayIsTriedAgain() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        int port = server.getSmtp().getPort();
        server.stop();
        Replica replica = new Replica(world, Map.of("desk", mail(port)));
        replica.evaluate();
        replica.pass(Duration.ofMinutes(1));

        assertThat(replica.deliveries("desk", "failed")).isPositive();
        assertThat(world.jdbc
                        .sql("SELECT last_error FROM alert_notification")
                        .query(String.class)
                        .single())
                .isEqualTo("the mail server did not take it: MailSendException");
    }

    @Test
    void alertmanagerIsToldAtOnceAndAgainUntilItIsResolved() {
        try (HttpReceiver server = new HttpReceiver()) {
            URI uri = server.uri("/prefix/");
            Replica replica = new Replica(
                    world, Map.of("am", settings(null, new ReceiverSettings.ToAlertmanager(uri, "a-token"))));
            replica.evaluate();
            replica.deliver();
            replica.pass(Duration.ofMinutes(2));
            world.advance(Duration.ofHours(1));
            replica.evaluate();
            replica.deliver();

            HttpReceiver.Call first = server.calls.getFirst();
            JsonNode alert = JsonMapper.shared().readTree(first.body()).get(0);
            assertThat(first.path()).isEqualTo("/prefix/api/v2/alerts");
            assertThat(first.header("Authorization")).isEqualTo("Bearer a-token");
            assertThat(alert.at("/labels/alertname").asString()).isEqualTo("odd");
            assertThat(alert.at("/labels/asset").asString()).isEqualTo("bitcoin");
            assertThat(alert.get("startsAt").asString()).isEqualTo("2026-03-01T12:00:00Z");
            assertThat(alert.get("endsAt").asString()).isEqualTo("2026-03-01T12:05:00Z");
            assertThat(server.calls).hasSize(4);
            JsonNode last =
                    JsonMapper.shared().readTree(server.calls.getLast().body()).get(0);
            assertThat(Instant.parse(last.get("endsAt").asString())).isEqualTo(world.clock.instant());
            assertThat(world.count("alert_notification"))
                    .as("one that began and one that ended, no reminders")
                    .isEqualTo(2);
        }
    }

    @Test
    void anAttemptIsTakenForDeadWhenNoneCanTakeLonger() {
        assertThat(Receivers.of(Map.of("desk", mail(25)), world.clock)
                        .getFirst()
                        .lease())
                .as("twelve steps and two recipients of five seconds each")
                .isEqualTo(Duration.ofSeconds(14 * 5 + 30));
        assertThat(Receivers.of(Map.of("hook", DeliveryTest.webhook(URI.create("http://hook/"))), world.clock)
                        .getFirst()
                        .lease())
                .isEqualTo(Duration.ofSeconds(10 + 30));
    }

    @Test
    void receiversAreChecked() {
        ReceiverSettings neither = settings(null, null);

        assertThat(catchThrowable(() -> new DeliveryProperties(
                        Duration.ofSeconds(1), 500, Duration.ofHours(36), Map.of("ops", neither))))
                .hasMessage("mlpool.alerts.delivery.receivers.ops: must have one of webhook, email and alertmanager");
    }

    @Test
    void aTokenThatIsNoneIsRefusedWithoutBeingSaid() {
        ReceiverSettings broken =
                settings(null, new ReceiverSettings.ToAlertmanager(URI.create("http://am:9093"), "T0KEN\n"));

        assertThat(catchThrowable(() -> broken.check("am")))
                .hasMessage(
                        "mlpool.alerts.delivery.receivers.am: alertmanager.token must be visible ASCII without spaces");
    }

    @Test
    void secretsAreNotShown() {
        ReceiverSettings hook = DeliveryTest.webhook(URI.create("https://example.org/T0KEN"));

        assertThat(hook.toString()).doesNotContain("sixteen").doesNotContain("T0KEN");
        assertThat(mail(25).toString()).doesNotContain("password");
    }
}
