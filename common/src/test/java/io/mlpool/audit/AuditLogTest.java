package io.mlpool.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.audit.AuditVerification.Result;
import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class AuditLogTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00.123456789Z");

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = database.jdbc();
    private final AuditLog log = new AuditLog(database.dataSource());
    private final AuditVerification verification = new AuditVerification(log);

    @BeforeEach
    void fiveEntries() {
        log.append(IntStream.rangeClosed(1, 5).mapToObj(AuditLogTest::record).toList());
    }

    @Test
    void untouchedLogIsWhole() {
        Result result = verification.verify(null);

        assertThat(result.entries()).isEqualTo(5);
        assertThat(result.broken()).isEmpty();
        assertThat(verification.verify(result.head())).isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_entry SET status = 200",
                "DELETE FROM audit_entry WHERE sequence = 5",
                "TRUNCATE audit_entry"
            })
    void entriesCannotBeChangedOrRemoved(String statement) {
        assertThatThrownBy(() -> jdbc.sql(statement).update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("audit entries are only ever added");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE audit_entry SET status = 200 WHERE sequence = 3                                | 2 | entry 3 was changed
            UPDATE audit_entry SET caller = 'somebody' WHERE sequence = 1                         | 0 | entry 1 was changed
            UPDATE audit_entry SET last_at = last_at + interval '1 microsecond' WHERE sequence = 5 | 4 | entry 5 was changed
            DELETE FROM audit_entry WHERE sequence = 2                                            | 1 | entry 2 is missing
            DELETE FROM audit_entry WHERE sequence = 1                                            | 0 | entry 1 is missing
            UPDATE audit_entry SET sequence = 10 - sequence WHERE sequence IN (4, 5) OR sequence = 6 | 3 | entry 4 is missing
            UPDATE audit_entry SET sequence = -7 WHERE sequence = 5                               | 0 | entry -7 was put in before the first
            UPDATE audit_entry SET previous = hash WHERE sequence = 4                             | 3 | entry 4 was changed
            """)
    void whoeverTampersBehindTheDatabasesBackIsFoundOutAndTheEntryNamed(String deed, long whole, String reason) {
        tamper(deed);

        Result result = verification.verify(null);

        assertThat(result.entries()).isEqualTo(whole);
        assertThat(result.broken()).hasValueSatisfying(said -> assertThat(said).contains(reason));
    }

    @Test
    void entryThatIsForgedWithAHashOfItsOwnDoesNotFitIntoTheChain() {
        AuditEntry forged = AuditEntry.after(2, "f".repeat(64), record(99));
        tamper(
                "UPDATE audit_entry SET service = 'serving', caller = 'key-99', address = '127.0.0.99', status = 99, previous = '%s', hash = '%s', first_at = '%s', last_at = '%s' WHERE sequence = 3"
                        .formatted(
                                forged.previous(),
                                forged.hash(),
                                forged.record().firstAt(),
                                forged.record().lastAt()));

        assertThat(verification.verify(null).broken())
                .hasValueSatisfying(said -> assertThat(said).contains("entry 3 does not follow entry 2"));
    }

    @Test
    void endThatIsCutOffIsFoundOutByAHeadThatWasNoted() {
        String noted = verification.verify(null).head();
        tamper("DELETE FROM audit_entry WHERE sequence > 3");

        assertThat(verification.verify(null).broken()).isEmpty();
        assertThat(verification.verify(noted).broken())
                .hasValueSatisfying(said -> assertThat(said).contains("entries at the end were cut off"));
    }

    @Test
    void manyThatWriteAtOnceMakeOneChain() throws InterruptedException {
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            AuditLog own = new AuditLog(database.dataSource());
            writers.add(Thread.ofPlatform()
                    .start(() -> IntStream.range(0, 25).forEach(i -> own.append(List.of(record(i), record(i + 1))))));
        }
        for (Thread writer : writers) {
            writer.join();
        }

        Result result = verification.verify(null);
        assertThat(result.entries()).isEqualTo(5 + 8 * 25 * 2);
        assertThat(result.broken()).isEmpty();
    }

    @Test
    void entriesAreFoundByCallerActionAndTimeNewestFirst() {
        AuditLog.Query all =
                new AuditLog.Query(null, null, Instant.EPOCH, NOW.plus(Duration.ofDays(1)), Long.MAX_VALUE, 3);
        assertThat(log.find(all)).extracting(AuditEntry::sequence).containsExactly(5L, 4L, 3L);
        assertThat(log.find(new AuditLog.Query("key-2", null, Instant.EPOCH, all.to(), Long.MAX_VALUE, 3)))
                .extracting(AuditEntry::sequence)
                .containsExactly(2L);
        assertThat(log.find(new AuditLog.Query(null, "POST /models/reload", all.to(), all.to(), Long.MAX_VALUE, 3)))
                .isEmpty();
    }

    private void tamper(String statement) {
        jdbc.sql("ALTER TABLE audit_entry DISABLE TRIGGER ALL").update();
        assertThat(jdbc.sql(statement).update()).isPositive();
        jdbc.sql("ALTER TABLE audit_entry ENABLE TRIGGER ALL").update();
    }

    private static AuditRecord record(int number) {
        return new AuditRecord(
                "serving",
                "key-" + number,
                "somebody",
                "127.0.0." + number,
                "POST /models/reload",
                "",
                "price-1h/3",
                number,
                1,
                NOW,
                NOW.plusSeconds(number));
    }
}
