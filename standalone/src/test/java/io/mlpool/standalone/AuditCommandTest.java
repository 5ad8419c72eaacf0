package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.audit.AuditLog;
import io.mlpool.audit.AuditRecord;
import io.mlpool.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditCommandTest {

    private final TestDatabase database = TestDatabase.create();

    @Test
    void wholeLogIsToldWithItsHeadAndABrokenOneWithTheEntry() {
        AuditLog log = new AuditLog(database.dataSource());
        log.append(List.of(record("POST /models/reload"), record("POST /keys")));

        Commands.Result whole = audit("verify");
        assertThat(whole.code()).isZero();
        assertThat(whole.firstLine()).startsWith("2 entries are whole, head ");
        assertThat(audit("list").out())
                .contains("desk  127.0.0.1  POST /models/reload")
                .contains("desk  127.0.0.1  POST /keys");

        String noted = whole.firstLine().replaceAll(".* head ", "");
        database.jdbc().sql("ALTER TABLE audit_entry DISABLE TRIGGER ALL").update();
        database.jdbc()
                .sql("UPDATE audit_entry SET action = 'GET /keys' WHERE sequence = 2")
                .update();
        Commands.Result changed = audit("verify");
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.out()).contains("BROKEN: entry 2 was changed");

        database.jdbc().sql("DELETE FROM audit_entry WHERE sequence = 2").update();
        assertThat(audit("verify").code()).isZero();
        assertThat(audit("verify", "--head", noted).out()).contains("BROKEN: ", "entries at the end were cut off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "0000000000000000000000000000000000000000000000000000000000000g00"})
    void whatIsNoHeadRaisesNoAlarm(String head) {
        Commands.Result refused = audit("verify", "--head", head);

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .isEqualTo(
                        "mlpool: --head: a head has 64 hexadecimal digits, 0 to 9 and a to f, as a verification says it; found '%s'%n"
                                .formatted(head));
    }

    @Test
    void listOfNothingIsNotAskedFor() {
        assertThat(audit("list", "--limit", "0").err())
                .isEqualTo("mlpool: --limit must be at least 1, found 0%n".formatted());
    }

    @Test
    void pseudonymOfAnAddressIsToldForEachMonthThatHasAKey() {
        assertThat(audit("pseudonym", "203.0.113.7").firstLine())
                .isEqualTo("no caller from elsewhere has changed anything yet, so that no address has a pseudonym");

        database.jdbc()
                .sql("INSERT INTO audit_address_key VALUES ('2026-11-01', sha256('drawn'))")
                .update();

        assertThat(audit("pseudonym", "203.0.113.7").firstLine()).matches("2026-11  ~[0-9a-f]{16}");
    }

    private Commands.Result audit(String command, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "audit",
                command,
                "--database",
                database.url() + (database.url().contains("?") ? "&" : "?") + "user=postgres"));
        all.addAll(List.of(options));
        return Commands.execute(all.toArray(String[]::new));
    }

    private static AuditRecord record(String action) {
        Instant now = Instant.parse("2026-11-27T12:00:00Z");
        return new AuditRecord("serving-service", "key", "desk", "127.0.0.1", action, "", "", 200, 1, now, now);
    }
}
