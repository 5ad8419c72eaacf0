package io.mlpool.serving.alert.delivery;

import static io.mlpool.serving.alert.AlertWorld.NOON;
import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.serving.alert.AlertWorld;
import io.mlpool.serving.alert.rule.Condition;
import io.mlpool.serving.alert.rule.Rule;
import io.mlpool.serving.alert.rule.Severity;
import io.mlpool.serving.alert.rule.Span;
import io.mlpool.serving.alert.silence.Matcher;
import io.mlpool.serving.alert.silence.Silence;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of an event on its way to receivers. */
class DeliveryTest {

    private static final String SECRET = "sixteen characters";

    private final AlertWorld world = new AlertWorld();
    private final HttpReceiver hook = new HttpReceiver();
    private final HttpReceiver other = new HttpReceiver();
    private final Replica replica =
            new Replica(world, Map.of("hook", webhook(hook.uri("/in?token=t")), "other", webhook(other.uri("/"))));

    static ReceiverSettings webhook(URI uri) {
        return new ReceiverSettings(
                new ReceiverSettings.ToWebhook(uri, SECRET),
                null,
                null,
                Severity.INFO,
                null,
                List.of(GroupLabel.RULE),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofHours(4),
                Duration.ofSeconds(10),
                2);
    }

    @BeforeEach
    void watchAnomalies() {
        world.rule(new Rule(
                "odd",
                new Condition.AnomalyGrade(0.5, Span.of("1h"), null, null),
                List.of(),
                Duration.ZERO,
                Severity.WARNING,
                Map.of(),
                true));
    }

    @AfterEach
    void stop() {
        hook.close();
        other.close();
    }

    private void fire(String... assets) {
        world.anomalies(List.of(assets), 0.9, world.clock.instant());
        replica.evaluate();
    }

    private static List<String> ids(List<HttpReceiver.Call> calls) {
        return calls.stream()
                .flatMap(call -> read(call).get("events").valueStream())
                .map(event -> event.get("event_id").asString())
                .toList();
    }

    private static List<String> told(HttpReceiver receiver) {
        return receiver.calls.stream()
                .flatMap(call -> read(call).get("events").valueStream())
                .map(event ->
                        event.get("asset").asString() + " " + event.get("state").asString())
                .toList();
    }

    private static JsonNode read(HttpReceiver.Call call) {
        return JsonMapper.shared().readTree(call.body());
    }

    @Test
    void eventIsSentSignedWithAnIdOfItsOwn() throws Exception {
        fire("bitcoin");
        replica.pass(Duration.ofMinutes(1));

        HttpReceiver.Call call = hook.calls.getFirst();
        String time = call.header("Mlpool-signature").replaceAll("t=(\\d+),.*", "$1");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String expected =
                HexFormat.of().formatHex(mac.doFinal((time + "." + call.body()).getBytes(StandardCharsets.UTF_8)));
        assertThat(hook.calls).hasSize(1);
        assertThat(call.header("Mlpool-signature")).isEqualTo("t=%s,v1=%s".formatted(time, expected));
        assertThat(Instant.ofEpochSecond(Long.parseLong(time))).isEqualTo(NOON.plusSeconds(30));
        assertThat(call.header("Idempotency-key"))
                .isEqualTo(read(call).get("notification_id").asString());
        assertThat(read(call).at("/events/0/summary").asString())
                .isEqualTo("bitcoin: anomaly of grade 0.9 within 1h, 0.5 or more");
        assertThat(call.body()).doesNotContain(SECRET);
    }

    @Test
    void aStormOfAThousandAnomaliesIsAFewNotificationsAndNothingIsLost() {
        for (int second = 0; second < 60; second += 15) {
            int from = second * 1000 / 60;
            fire(IntStream.range(from, from + 250).mapToObj(i -> "coin" + i).toArray(String[]::new));
            world.advance(Duration.ofSeconds(15));
            replica.deliver();
        }
        replica.pass(Duration.ofMinutes(10));

        assertThat(hook.calls.size()).isLessThanOrEqualTo(4);
        assertThat(ids(hook.calls)).hasSize(1000).doesNotHaveDuplicates();
        assertThat(world.count("alert_outbox")).isZero();
    }

    @Test
    void webhookThatIsDownForAnHourGetsEverythingAfterwardsInOrder() {
        hook.status = 503;
        fire("bitcoin");
        replica.pass(Duration.ofMinutes(20));
        fire("ethereum");
        replica.pass(Duration.ofMinutes(45));
        replica.evaluate();
        int refused = hook.calls.size();
        hook.calls.clear();
        hook.status = 200;
        replica.pass(Duration.ofMinutes(30));

        assertThat(refused).as("waits longer and longer").isBetween(6, 25);
        assertThat(told(hook)).containsExactly("bitcoin firing", "ethereum firing", "bitcoin resolved");
        assertThat(told(other))
                .as("nobody else was kept waiting")
                .containsExactly("bitcoin firing", "ethereum firing", "bitcoin resolved");
    }

    @Test
    void attemptsOfOneNotificationAreTheSameButForTheirTime() {
        hook.status = 500;
        fire("bitcoin");
        replica.pass(Duration.ofMinutes(2));

        assertThat(hook.calls.size()).isGreaterThan(2);
        assertThat(hook.calls.stream().map(HttpReceiver.Call::body).distinct()).hasSize(1);
        assertThat(hook.calls.stream()
                        .map(call -> call.header("Idempotency-key"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void receiverThatAsksForTimeGetsIt() {
        hook.status = 429;
        hook.retryAfter = "1800";
        fire("bitcoin");
        replica.pass(Duration.ofMinutes(29));

        assertThat(hook.calls).hasSize(1);
        replica.pass(Duration.ofMinutes(3));
        assertThat(hook.calls).hasSize(2);
    }

    @Test
    void receiverThatHangsKeepsNobodyElseWaiting() {
        hook.gate = new CountDownLatch(1);
        fire("bitcoin");
        world.advance(Duration.ofSeconds(30));
        replica.begin();
        eventually(() -> assertThat(told(other)).containsExactly("bitcoin firing"));
        world.advance(Duration.ofMinutes(10));
        fire("ethereum");
        world.advance(Duration.ofSeconds(30));
        replica.begin();

        eventually(() -> assertThat(told(other)).containsExactly("bitcoin firing", "ethereum firing"));
        assertThat(hook.calls).as("it still has the first").hasSize(1);
        hook.gate.countDown();
        replica.deliver();
        replica.pass(Duration.ofMinutes(1));
        assertThat(told(hook)).containsExactly("bitcoin firing", "ethereum firing");
    }

    @Test
    void whatWasSentAndNotMarkedIsSentAgainUnderTheSameIds() {
        fire("bitcoin");
        world.advance(Duration.ofSeconds(30));
        replica.deliver();
        HttpReceiver.Call first = hook.calls.getFirst();
        world.jdbc
                .sql("""
                        UPDATE alert_notification SET state = 'queued', finished_at = NULL, leased_until = :lease::timestamptz
                        WHERE receiver = 'hook'
                        """)
                .param("lease", world.clock.instant().plusSeconds(110).toString())
                .update();
        Replica second = new Replica(world, Map.of("hook", webhook(hook.uri("/in"))));

        second.deliver();
        assertThat(hook.calls).as("the lease of who was killed").hasSize(1);
        world.advance(Duration.ofSeconds(110));
        second.deliver();

        assertThat(hook.calls).hasSize(2);
        assertThat(hook.calls.getLast().body()).isEqualTo(first.body());
        assertThat(hook.calls.getLast().header("Idempotency-key")).isEqualTo(first.header("Idempotency-key"));
    }

    @Test
    void twoReplicasSendOnce() {
        Replica second = new Replica(world, Map.of("hook", webhook(hook.uri("/in")), "other", webhook(other.uri("/"))));
        fire("bitcoin");
        second.evaluate();
        world.advance(Duration.ofSeconds(30));
        Thread beside = Thread.ofVirtual().start(second::deliver);
        replica.deliver();

        eventually(() -> assertThat(beside.isAlive()).isFalse());
        assertThat(told(hook)).containsExactly("bitcoin firing");
    }

    @Test
    void whatIsRefusedForADayAndAHalfIsADeadLetter() {
        hook.status = 500;
        hook.retryAfter = "36000";
        fire("bitcoin");
        replica.pass(Duration.ofMinutes(1));
        for (int hours = 0; hours < 30; hours += 10) {
            world.advance(Duration.ofHours(10).plusMinutes(1));
            replica.deliver();
        }

        assertThat(world.count("alert_notification WHERE receiver = 'hook' AND state = 'dead'"))
                .isEqualTo(1);
        assertThat(replica.deliveries("hook", "dead")).isEqualTo(1);
        assertThat(replica.deliveries("hook", "failed")).isEqualTo(3);
    }

    @Test
    void whatStillFiresIsToldAgainUnderTheIdOfItsEvent() {
        fire("bitcoin");
        replica.pass(Duration.ofMinutes(1));
        world.advance(Duration.ofHours(4));
        replica.deliver();

        assertThat(hook.calls).hasSize(2);
        assertThat(read(hook.calls.getLast()).get("reminder").asBoolean()).isTrue();
        assertThat(ids(hook.calls)).hasSize(2).containsOnly(ids(hook.calls).getFirst());
    }

    @Test
    void whatIsSilencedIsToldAtItsEndIfItStillFires() {
        silence("asset", "bitcoin", Duration.ofMinutes(20));
        fire("bitcoin", "ethereum");
        replica.pass(Duration.ofMinutes(19));
        assertThat(told(hook)).containsExactly("ethereum firing");

        replica.pass(Duration.ofMinutes(5));
        assertThat(told(hook)).containsExactly("ethereum firing", "bitcoin firing");
    }

    @Test
    void whatCameAndWentWhileSilencedIsNeverTold() {
        UUID silence = silence("asset", "bit*", Duration.ofHours(3));
        fire("bitcoin");
        replica.pass(Duration.ofMinutes(2));
        world.advance(Duration.ofHours(2));
        replica.evaluate();
        replica.pass(Duration.ofMinutes(2));
        replica.silences.end(silence);
        replica.pass(Duration.ofMinutes(2));

        assertThat(hook.calls).isEmpty();
        assertThat(world.events()).containsExactly("bitcoin firing", "bitcoin resolved");
        assertThat(world.count("alert_outbox")).isZero();
    }

    @Test
    void manyGroupsAreToldAgainAFewHundredAtATime() {
        Replica byAsset = new Replica(world, Map.of("hook", grouped(GroupLabel.ASSET)));
        world.anomalies(IntStream.range(0, 250).mapToObj(i -> "coin" + i).toList(), 0.9, world.clock.instant());
        byAsset.evaluate();
        world.advance(Duration.ofSeconds(30));
        byAsset.begin();
        assertThat(world.count("alert_notification")).isEqualTo(200);
        byAsset.begin();
        assertThat(world.count("alert_notification")).isEqualTo(250);
    }

    @Test
    void whatIsSilencedIsNotRemindedOf() {
        fire("bitcoin");
        replica.pass(Duration.ofMinutes(1));
        silence("asset", "bitcoin", Duration.ofHours(8));
        world.advance(Duration.ofHours(4));
        replica.deliver();

        assertThat(hook.calls).hasSize(1);
        assertThat(world.count("alert_group")).as("it still fires").isEqualTo(2);
        world.advance(Duration.ofHours(4));
        replica.deliver();
        assertThat(hook.calls).hasSize(2);
    }

    @Test
    void whatWaitsForReceiversThatAreNoMoreIsRemovedAfterALongTime() {
        hook.status = 500;
        fire("bitcoin");
        replica.pass(Duration.ofMinutes(2));
        assertThat(world.count("alert_notification WHERE state = 'queued'")).isEqualTo(1);

        Replica without = new Replica(world, Map.of("other", webhook(other.uri("/"))));
        without.removeOld(world.clock.instant());

        assertThat(world.count("alert_notification WHERE state = 'queued'")).isZero();
    }

    private ReceiverSettings grouped(GroupLabel label) {
        ReceiverSettings usual = webhook(hook.uri("/"));
        return new ReceiverSettings(
                usual.webhook(),
                null,
                null,
                usual.severity(),
                null,
                List.of(label),
                usual.groupWait(),
                usual.groupInterval(),
                usual.repeatInterval(),
                usual.timeout(),
                usual.concurrency());
    }

    private UUID silence(String label, String value, Duration time) {
        Instant now = world.clock.instant();
        Silence silence = new Silence(
                UUID.randomUUID(), List.of(new Matcher(label, value, null)), now, now.plus(time), "me", "known", now);
        replica.silences.add(silence);
        return silence.id();
    }
}
