package io.mlpool.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock(NOW);
    private final KnownKeys known = new KnownKeys(new KeyStore(database.dataSource()), clock);
    private final Keys keys = new Keys(new KeyStore(database.dataSource()), clock, known::reread);

    @Test
    void keyWhenMadeIsKnownWithItsScopes() {
        IssuedKey issued = keys.create(request("desk", Set.of(Scope.TRAIN, Scope.READ)), "root");

        Verdict verdict = known.judge(issued.text());

        assertThat(verdict.refusal()).isEmpty();
        assertThat(verdict.key())
                .isNotNull()
                .extracting(KnownKey::caller)
                .isEqualTo(new Caller(issued.key().id(), "desk", Set.of(Scope.TRAIN, Scope.READ)));
        assertThat(keys.require(issued.key().id())).isEqualTo(issued.key());
        assertThat(issued.key().createdBy()).isEqualTo("root");
    }

    @Test
    void databaseHoldsNoSecret() {
        IssuedKey issued = create("desk");
        String secret = issued.text().substring(issued.text().lastIndexOf('_') + 1);

        String dump = database.jdbc()
                .sql(
                        "SELECT (SELECT string_agg(k::text, ' ') FROM api_key k) || (SELECT string_agg(s::text, ' ') FROM api_key_secret s)")
                .query(String.class)
                .single();

        assertThat(dump).contains("desk").doesNotContain(secret);
    }

    @Test
    void nothingAndWhatIsNoKeyAreToldApart() {
        assertThat(known.judge(null)).isEqualTo(Verdict.MISSING);
        assertThat(known.judge("")).isEqualTo(Verdict.MALFORMED);
        assertThat(known.judge("letmein")).isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void wrongSecretIsToldWhatAnUnknownKeyIsTold() {
        IssuedKey issued = create("desk");
        keys.revoke(issued.key().id(), false);
        String wrong = issued.text().substring(0, 17) + "0".repeat(64);

        assertThat(known.judge(wrong)).isEqualTo(Verdict.UNKNOWN);
        assertThat(known.judge("mlp_" + "0".repeat(12) + "_" + "0".repeat(64))).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void nameOfAKeyThatIsNotRevokedIsTaken() {
        IssuedKey first = create("desk");

        assertThatThrownBy(() -> create("desk"))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(409))
                .hasMessageContaining("there is a key 'desk' already");
        keys.revoke(first.key().id(), false);
        assertThat(create("desk").key().id()).isNotEqualTo(first.key().id());
    }

    @Test
    void keyWhenItsTimeIsOverCountsNoMore() {
        Instant end = NOW.plus(Duration.ofDays(1));
        IssuedKey issued = keys.create(new KeyRequest("desk", KeyRequest.USUAL, end, null), "root");

        clock.set(end.minusNanos(1));
        assertThat(known.judge(issued.text()).key()).isNotNull();
        clock.set(end);
        assertThat(known.judge(issued.text()).refusal()).contains("'desk' expired at 2026-01-02T12:00:00Z");
        assertThatThrownBy(() -> keys.rotate(issued.key().id(), Duration.ZERO)).hasMessageContaining("is expired");
    }

    @Test
    void keyThatIsOverWhenItBeginsIsRefused() {
        assertThatThrownBy(() -> keys.create(new KeyRequest("desk", KeyRequest.USUAL, NOW, null), "root"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("expires_at");
    }

    @Test
    void revokedKeySaysSoToWhoHoldsItsSecret() {
        IssuedKey issued = create("desk");

        ApiKey revoked = keys.revoke(issued.key().id(), false);
        clock.advance(Duration.ofHours(1));

        assertThat(revoked.revokedAt()).isEqualTo(NOW);
        assertThat(known.judge(issued.text()).refusal()).contains("'desk' was revoked at 2026-01-01T12:00:00Z");
        assertThat(keys.revoke(issued.key().id(), false)).isEqualTo(revoked);
    }

    @Test
    void rotatedKeyKeepsItsOldSecretForTheGrace() {
        IssuedKey old = create("desk");

        IssuedKey fresh = keys.rotate(old.key().id(), Duration.ofHours(24));

        assertThat(fresh.key().id()).isEqualTo(old.key().id());
        assertThat(known.judge(fresh.text()).key()).isNotNull();
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(known.judge(old.text()).key()).isNotNull();
        clock.advance(Duration.ofSeconds(1));
        assertThat(known.judge(old.text())).isEqualTo(Verdict.UNKNOWN);
        assertThat(known.judge(fresh.text()).key()).isNotNull();
    }

    @Test
    void rotationThatIsRepeatedBecauseItsAnswerGotLostLeavesTheCallersSecretItsGrace() {
        IssuedKey used = create("desk");

        keys.rotate(used.key().id(), Duration.ofHours(24));
        IssuedKey fresh = keys.rotate(used.key().id(), Duration.ofHours(24));

        assertThat(known.judge(used.text()).key()).isNotNull();
        assertThat(known.judge(fresh.text()).key()).isNotNull();
    }

    @Test
    void rotationWithoutGraceEndsAllSecretsBefore() {
        IssuedKey first = create("desk");
        IssuedKey second = keys.rotate(first.key().id(), Duration.ofHours(24));

        IssuedKey third = keys.rotate(first.key().id(), Duration.ZERO);

        assertThat(List.of(known.judge(first.text()), known.judge(second.text())))
                .containsOnly(Verdict.UNKNOWN);
        assertThat(known.judge(third.text()).key()).isNotNull();
    }

    @Test
    void secretsThatCountAtTheSameTimeAreFew() {
        String id = create("desk").key().id();
        for (int i = 1; i < Keys.MOST_SECRETS; i++) {
            keys.rotate(id, Duration.ofHours(1));
        }

        assertThatThrownBy(() -> keys.rotate(id, Duration.ofHours(1))).hasMessageContaining("or rotate without grace");
        clock.advance(Duration.ofHours(1));
        assertThat(known.judge(keys.rotate(id, Duration.ofHours(1)).text()).key())
                .isNotNull();
    }

    @Test
    void lastAdminIsRevokedOnlyByForce() {
        IssuedKey first = keys.create(request("first", Set.of(Scope.ADMIN)), "root");
        IssuedKey second = keys.create(request("second", Set.of(Scope.ADMIN)), "root");
        keys.create(new KeyRequest("over", Set.of(Scope.ADMIN), NOW.plusSeconds(1), null), "root");
        clock.advance(Duration.ofSeconds(1));

        keys.revoke(first.key().id(), false);

        assertThatThrownBy(() -> keys.revoke(second.key().id(), false))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(409))
                .hasMessageContaining("?force=true, --force");
        assertThat(known.judge(second.text()).key()).isNotNull();
        assertThat(keys.revoke(second.key().id(), true).revokedAt()).isNotNull();
    }

    @Test
    void lastTwoAdminsCannotRevokeEachOtherAtTheSameTime() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            String one = keys.create(request("one", Set.of(Scope.ADMIN)), "root")
                    .key()
                    .id();
            String other = keys.create(request("other", Set.of(Scope.ADMIN)), "root")
                    .key()
                    .id();

            assertThat(together(() -> keys.revoke(one, false), () -> keys.revoke(other, false)))
                    .as("who was told no")
                    .isEqualTo(1);
            keys.revoke(one, true);
            keys.revoke(other, true);
        }
    }

    private static long together(Callable<ApiKey> one, Callable<ApiKey> other) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            return threads.invokeAll(List.of(one, other)).stream()
                    .filter(KeysTest::failed)
                    .count();
        }
    }

    private static boolean failed(Future<?> future) {
        try {
            future.get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof RefusedException;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void dayOfTheNewestUseIsWrittenDownLater() {
        IssuedKey issued = create("desk");
        IssuedKey unused = create("other");

        known.judge(issued.text());
        assertThat(lastUsed(issued)).isNull();
        known.reread();
        assertThat(lastUsed(issued)).isEqualTo("2026-01-01");
        clock.advance(Duration.ofDays(2));
        known.judge(issued.text());
        known.reread();
        assertThat(lastUsed(issued)).isEqualTo("2026-01-03");
        assertThat(lastUsed(unused)).isNull();
    }

    @Test
    void replacedKeyKeepsItsIdAndNothingElseOfBefore() {
        IssuedKey before = keys.replace("mlpool-command", "mlpool");

        IssuedKey after = keys.replace("mlpool-command", "mlpool");

        assertThat(after.key().id()).isEqualTo(before.key().id());
        assertThat(after.key().scopes()).containsExactlyInAnyOrder(Scope.values());
        assertThat(known.judge(before.text())).isEqualTo(Verdict.UNKNOWN);
        assertThat(known.judge(after.text()).key()).isNotNull();
    }

    @Test
    void replacedKeyAllowsEverythingWhateverHadItsNameBefore() {
        keys.create(new KeyRequest("mlpool-command", KeyRequest.USUAL, NOW.plusSeconds(1), null), "somebody");
        clock.advance(Duration.ofSeconds(2));

        IssuedKey replaced = keys.replace("mlpool-command", "mlpool");

        assertThat(known.judge(replaced.text()).key())
                .extracting(KnownKey::key)
                .isEqualTo(replaced.key())
                .returns(Set.of(Scope.values()), ApiKey::scopes);
    }

    @Test
    void keyThatWasNeverMadeIsNotFound() {
        assertThatThrownBy(() -> keys.rotate("0123456789ab", Duration.ZERO))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(404));
        assertThatThrownBy(() -> keys.revoke("nothing", true)).hasMessageContaining("no key with id 'nothing'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "line\nbreak", "ключ", "<script>"})
    void nameThatCouldConfuseALogIsRefused(String name) {
        assertThatThrownBy(() -> new KeyRequest(name, KeyRequest.USUAL, null, null))
                .hasMessageContaining("name must be 1 to 64");
    }

    @Test
    void requestThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new KeyRequest("desk", Set.of(), null, null)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new KeyRequest("desk", KeyRequest.USUAL, null, -1))
                .hasMessageContaining("found -1");
        assertThatThrownBy(() -> Scope.of("root")).hasMessageContaining("known are read, predict, train, admin");
    }

    private @Nullable LocalDate lastUsed(IssuedKey issued) {
        return keys.require(issued.key().id()).lastUsedOn();
    }

    private IssuedKey create(String name) {
        return keys.create(new KeyRequest(name, KeyRequest.USUAL, null, null), "root");
    }

    private static KeyRequest request(String name, Set<Scope> scopes) {
        return new KeyRequest(name, scopes, null, null);
    }
}
