package io.mlpool.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPseudonymsTest {

    private static final Instant NOVEMBER = Instant.parse("2026-11-30T23:59:59Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");

    private final TestDatabase database = TestDatabase.create();

    @Test
    void sameAddressHasOneNameOnEveryReplicaForAMonth() {
        String name = hidden("203.0.113.7", NOVEMBER, NOVEMBER);

        assertThat(name).matches("~[0-9a-f]{16}").isEqualTo(hidden("203.0.113.7", NOVEMBER, NOVEMBER));
        assertThat(hidden("203.0.113.8", NOVEMBER, NOVEMBER)).isNotEqualTo(name);
        assertThat(hidden("203.0.113.7", DECEMBER, DECEMBER)).isNotEqualTo(name);
    }

    @Test
    void whoKnowsAnAddressFindsItWhileTheKeyOfTheMonthIsThere() {
        String name = hidden("2001:db8::7", NOVEMBER, NOVEMBER);

        assertThat(AddressPseudonyms.of("2001:db8::7", database.dataSource()))
                .containsEntry(YearMonth.of(2026, 11), name)
                .hasSize(1);
        assertThat(AddressPseudonyms.of("2001:DB8:0:0:0:0:0:7", database.dataSource()))
                .as("as Tomcat writes it, or whoever asks")
                .containsValue(name);
    }

    @Test
    void keyIsDeletedWhenItsMonthIsLongEnoughAgoAndTheChainStaysWhole() {
        AuditLog log = new AuditLog(database.dataSource());
        log.append(pseudonyms(NOVEMBER).hide(List.of(record("203.0.113.7", NOVEMBER))));

        pseudonyms(Instant.parse("2027-02-28T00:00:00Z")).hide(List.of());
        assertThat(AddressPseudonyms.of("203.0.113.7", database.dataSource())).isNotEmpty();
        pseudonyms(Instant.parse("2027-03-01T00:00:00Z")).hide(List.of());

        assertThat(AddressPseudonyms.of("203.0.113.7", database.dataSource())).isEmpty();
        assertThat(new AuditVerification(log).verify(null).broken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1", "0:0:0:0:0:0:0:1"})
    void whatIsNobodysStaysAsItIs(String address) {
        assertThat(hidden(address, NOVEMBER, NOVEMBER)).isEqualTo(address);
    }

    private String hidden(String address, Instant at, Instant now) {
        return pseudonyms(now).hide(List.of(record(address, at))).getFirst().address();
    }

    /** Of another replica each time. */
    private AddressPseudonyms pseudonyms(Instant now) {
        return new AddressPseudonyms(database.dataSource(), Clock.fixed(now, ZoneOffset.UTC), Duration.ofDays(90));
    }

    private static AuditRecord record(String address, Instant at) {
        return new AuditRecord("serving", "key", "name", address, "POST /runs", "", "", 200, 1, at, at);
    }
}
