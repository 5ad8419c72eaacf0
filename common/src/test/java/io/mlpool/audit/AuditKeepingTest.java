package io.mlpool.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class AuditKeepingTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final Uses.Use QUESTION = new Uses.Use("key", "name", "", "POST /predict", "price-1h/3", 200);

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = database.jdbc();
    private final AuditLog log = new AuditLog(database.dataSource());
    private final AuditKeeping keeping =
            new AuditKeeping(log, UnaryOperator.identity(), "serving-service", Duration.ofHours(1));

    @Test
    void questionsAreCountedAndWrittenAsOneEntry() throws InterruptedException {
        List<Thread> askers = new ArrayList<>();
        for (int asker = 0; asker < 4; asker++) {
            askers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 10_000; i++) {
                    keeping.use(QUESTION, NOW.plusSeconds(i));
                    if (i % 1_000 == 0) {
                        keeping.flush();
                    }
                }
            }));
        }
        for (Thread asker : askers) {
            asker.join();
        }
        keeping.stop();

        assertThat(jdbc.sql("SELECT sum(requests) FROM audit_entry")
                        .query(Long.class)
                        .single())
                .isEqualTo(40_000);
        assertThat(jdbc.sql("SELECT count(*) FROM audit_entry")
                        .query(Integer.class)
                        .single())
                .isLessThan(50);
    }

    @Test
    void deedIsWrittenAtOnce() {
        keeping.deed(deed());

        assertThat(log.behind(0, 10)).extracting(AuditEntry::record).containsExactly(deed());
    }

    @Test
    void whatHappensWhileTheDatabaseIsAwayIsWrittenWhenItIsBack() {
        jdbc.sql("ALTER TABLE audit_entry RENAME TO elsewhere").update();
        keeping.deed(deed());
        keeping.use(QUESTION, NOW);
        keeping.flush();

        jdbc.sql("ALTER TABLE elsewhere RENAME TO audit_entry").update();
        keeping.flush();

        assertThat(log.behind(0, 10))
                .extracting(entry -> entry.record().action())
                .containsExactly("POST /models/reload", "POST /predict");
        assertThat(new AuditVerification(log).verify(null).broken()).isEmpty();
    }

    @Test
    void whatIsCountedWhileTheDatabaseIsAwayStaysOneCount() {
        jdbc.sql("ALTER TABLE audit_entry RENAME TO elsewhere").update();
        keeping.deed(deed());
        for (int i = 0; i < 1_000; i++) {
            keeping.use(QUESTION, NOW.plusSeconds(i));
            keeping.flush();
        }

        jdbc.sql("ALTER TABLE elsewhere RENAME TO audit_entry").update();
        keeping.flush();

        assertThat(log.behind(0, 10))
                .extracting(entry -> entry.record().requests())
                .containsExactly(1L, 1_000L);
    }

    @Test
    void deedsWithoutEndWhileTheDatabaseIsAwayDoNotFillTheMemoryAndKeepTheirOrder() {
        jdbc.sql("ALTER TABLE audit_entry RENAME TO elsewhere").update();
        for (int i = 0; i < 10_050; i++) {
            keeping.deed(deedOn("version=" + i));
        }

        jdbc.sql("ALTER TABLE elsewhere RENAME TO audit_entry").update();
        keeping.flush();

        assertThat(log.behind(0, 20_000))
                .hasSize(10_000)
                .extracting(entry -> entry.record().subject())
                .startsWith("version=0", "version=1")
                .endsWith("version=9999");
    }

    @Test
    void whatPostgresCannotHoldDoesNotKeepTheRestOut() {
        keeping.deed(deedOn("name=price\0-1h"));
        keeping.deed(deed());

        assertThat(log.behind(0, 10))
                .extracting(entry -> entry.record().subject())
                .containsExactly("name=price\uFFFD-1h", "");
        assertThat(new AuditVerification(log).verify(null).broken()).isEmpty();
    }

    @Test
    void refusalsWithoutEndFillNeitherTheMemoryNorThePlaceOfChanges() throws InterruptedException {
        for (int i = 0; i < 20_000; i++) {
            keeping.use(new Uses.Use("key-" + i, "", "", "GET /x" + i, "", 401), NOW);
        }
        Thread flush = Thread.ofPlatform().start(keeping::stop);
        keeping.deed(deed());
        flush.join();

        assertThat(jdbc.sql("SELECT count(*) FROM audit_entry WHERE action = 'POST /models/reload'")
                        .query(Integer.class)
                        .single())
                .as("a change is not lost among them")
                .isOne();

        assertThat(jdbc.sql("SELECT sum(requests) FROM audit_entry WHERE status = 401")
                        .query(Long.class)
                        .single())
                .isEqualTo(20_000);
        assertThat(jdbc.sql("SELECT count(*) FROM audit_entry")
                        .query(Integer.class)
                        .single())
                .isLessThanOrEqualTo(10_002);
    }

    @Test
    void refusalsAreCountedByAddressButNotOfAddressesWithoutEnd() {
        for (int i = 0; i < 5_000; i++) {
            keeping.use(refusalOf("2001:db8::" + Integer.toHexString(i)), NOW);
            keeping.use(refusalOf("10.0.0.1"), NOW);
        }
        keeping.flush();

        assertThat(requests("10.0.0.1")).isEqualTo(5_000);
        assertThat(requests("2001:db8::0")).isEqualTo(1);
        assertThat(requests("")).as("those of the others together").isEqualTo(4_001);
        assertThat(log.behind(0, 10_000)).hasSize(1_001);
    }

    private static Uses.Use refusalOf(String address) {
        return new Uses.Use("anonymous", "anonymous", address, "POST /predict", "", 401);
    }

    private long requests(String address) {
        return jdbc.sql("SELECT sum(requests) FROM audit_entry WHERE address = :address")
                .param("address", address)
                .query(Long.class)
                .single();
    }

    private static AuditRecord deed() {
        return deedOn("");
    }

    private static AuditRecord deedOn(String subject) {
        return new AuditRecord(
                "serving-service", "key", "name", "127.0.0.1", "POST /models/reload", subject, "", 200, 1, NOW, NOW);
    }
}
