package io.mlpool.serving.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.testing.TestDatabase;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LockedChangesTest {

    private final TestDatabase database = TestDatabase.create();
    private final LockedChanges changes = new LockedChanges(database.jdbc());

    @BeforeEach
    void makeAProtocol() {
        database.jdbc().sql("""
                INSERT INTO protocol (slug) VALUES ('maker');
                INSERT INTO protocol_fact (protocol_id, known_at, assumed, recorded_at, fact)
                SELECT id, '2024-05-01Z', false, '2024-05-01Z', '{"id": "1", "asset": "maker"}' FROM protocol
                """).update();
        for (int day = 1; day <= 9; day++) {
            tell(day, "2024-05-%02dT01:00:00Z".formatted(day + 1), 100 * Math.exp(0.01 * day * day));
        }
    }

    private void tell(int day, String knownAt, double usd) {
        database.jdbc()
                .sql("""
                        INSERT INTO locked_value (source, protocol_id, chain, day, known_at, assumed, recorded_at, usd)
                        SELECT 'defillama', id, '', make_date(2024, 5, :day), :known::timestamptz, false, :known::timestamptz, :usd
                        FROM protocol
                        """)
                .param("day", day)
                .param("known", knownAt)
                .param("usd", usd)
                .update();
    }

    @Test
    void aChangeIsThatAgainstTheDayBeforeWhenItBecameKnown() {
        var found = changes.of("maker", Instant.parse("2024-05-09T00:00:00Z"));

        assertThat(found.keySet())
                .containsExactly(Instant.parse("2024-05-09T01:00:00Z"), Instant.parse("2024-05-10T01:00:00Z"));
        assertThat(found.lastEntry().getValue()).isCloseTo(0.17, within(1e-9));
        assertThat(changes.of("bitcoin", Instant.EPOCH)).isEmpty();
    }

    @Test
    void aChangeIsKnownWhenBothDaysAre() {
        tell(11, "2024-05-12T01:00:00Z", 200);
        tell(10, "2024-05-13T09:00:00Z", 100);

        assertThat(changes.of("maker", Instant.parse("2024-05-11T00:00:00Z")))
                .as("that of the 10th, overwritten by the later day known at the same time")
                .containsExactly(Map.entry(Instant.parse("2024-05-13T09:00:00Z"), Math.log(2)));
    }

    @Test
    void figuresThatAreToldAnewAreNoChange() {
        tell(2, "2024-05-10T12:00:00Z", 900);
        tell(3, "2024-05-10T12:00:00Z", 100);

        assertThat(changes.of("maker", Instant.parse("2024-05-10T02:00:00Z"))).isEmpty();
    }
}
