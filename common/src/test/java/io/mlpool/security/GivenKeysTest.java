package io.mlpool.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.security.GivenKeysProperties.Given;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenKeysTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String FIRST = "mlp_0123456789ab_" + "1".repeat(64);
    private static final String SECOND = "mlp_0123456789ab_" + "2".repeat(64);
    private static final String ANOTHER = "mlp_ba9876543210_" + "3".repeat(64);

    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock(NOW);
    private final KeyStore store = new KeyStore(database.dataSource());
    private final KnownKeys known = new KnownKeys(store, clock);
    private final Keys keys = new Keys(store, clock, known::reread);

    @Test
    void givenKeyCountsWithItsScopesHoweverOftenServicesStart() {
        give("prometheus", FIRST, Scope.READ);
        give("prometheus", FIRST, Scope.READ);

        assertThat(caller(FIRST)).isEqualTo(new Caller("0123456789ab", "prometheus", Set.of(Scope.READ)));
        assertThat(keys.all()).hasSize(1);
        assertThat(keys.require("0123456789ab").createdBy()).isEqualTo("deployment");
    }

    @Test
    void scopesThatWereChangedCount() {
        give("desk", FIRST, Scope.READ, Scope.ADMIN);
        give("desk", FIRST, Scope.PREDICT);

        assertThat(caller(FIRST).scopes()).containsExactly(Scope.PREDICT);
    }

    @Test
    void newSecretEndsTheOneBefore() {
        give("desk", FIRST, Scope.READ);
        give("desk", SECOND, Scope.READ);

        assertThat(known.judge(FIRST).key()).isNull();
        assertThat(caller(SECOND).name()).isEqualTo("desk");
    }

    @Test
    void anotherKeyTakesTheNameOver() {
        give("desk", FIRST, Scope.READ);
        give("desk", ANOTHER, Scope.READ);

        assertThat(known.judge(FIRST).key()).isNull();
        assertThat(caller(ANOTHER).name()).isEqualTo("desk");
        assertThat(keys.require("0123456789ab").state(NOW)).isEqualTo(ApiKey.State.REVOKED);
    }

    @Test
    void revokedKeyStaysRevoked() {
        give("desk", FIRST, Scope.READ);
        keys.revoke("0123456789ab", true);
        give("desk", SECOND, Scope.READ);

        assertThat(known.judge(FIRST).key()).isNull();
        assertThat(known.judge(SECOND).key()).isNull();
    }

    @Test
    void replicasThatStartTogetherMakeOne() throws Exception {
        try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
            replicas.invokeAll(IntStream.range(0, 4)
                            .mapToObj(replica -> Executors.callable(() -> give("desk", FIRST, Scope.READ)))
                            .toList())
                    .forEach(started -> assertThat(started).succeedsWithin(java.time.Duration.ofSeconds(10)));
        }
        assertThat(keys.all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "mlp_0123456789ab_short", "mlp_0123456789AB_1111"})
    void whatIsNoKeyIsRefusedWithAWayToMakeOneAndIsNotRepeated(String text) {
        assertThatThrownBy(() -> give("desk", text, Scope.READ))
                .hasMessageStartingWith("mlpool.security.given.desk.key must read mlp_<12")
                .hasMessageContaining("openssl rand -hex 32")
                .message()
                .doesNotContain("secret", "short");
    }

    @Test
    void keyWithoutScopesIsRefused() {
        GivenKeys given = new GivenKeys(Map.of("desk", new Given(FIRST, null)), store, clock);

        assertThatThrownBy(given::makeKnown)
                .hasMessage("mlpool.security.given.desk.scopes must name at least one of read, predict, train, admin");
    }

    @Test
    void secretIsNotInAnyLog() {
        assertThat(new GivenKeysProperties(Map.of("desk", new Given(FIRST, Set.of(Scope.READ)))).toString())
                .doesNotContain("1111");
    }

    private void give(String name, String key, Scope... scopes) {
        new GivenKeys(Map.of(name, new Given(key, Set.copyOf(List.of(scopes)))), store, clock).makeKnown();
        known.reread();
    }

    private Caller caller(String key) {
        KnownKey judged = known.judge(key).key();
        assertThat(judged).isNotNull();
        return judged.caller();
    }
}
