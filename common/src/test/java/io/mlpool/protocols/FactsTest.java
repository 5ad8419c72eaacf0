package io.mlpool.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactsTest {

    private static final LocalDate DAY = LocalDate.of(2023, 7, 30);
    private static final Instant NOON = Instant.parse("2023-07-30T12:00:00Z");

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void amountThatIsNoneCannotBeLockedNorLost(double usd) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LockedValue("aave", DAY, null, usd))
                .withMessageContaining("US dollars must be finite and not negative, found " + usd);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> incident("Curve", DAY, usd))
                .withMessageContaining("the loss must be finite");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Aave", "aave v3", "a/b", "a?b", "a#b", "a\nb"})
    void nameThatCannotStandInAnAddressIsRefused(String slug) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Protocol.named(slug, "Aave", null))
                .withMessageContaining("a protocol is called like 'aave-v3'");
    }

    @Test
    void protocolNeedsANameAndAnAssetThatCanBeOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> Protocol.named("aave", " ", null));
        assertThatIllegalArgumentException().isThrownBy(() -> Protocol.named("aave", "Aave", "No Asset"));
    }

    @Test
    void valueNeedsAChainWithANameOrNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LockedValue("aave", DAY, " ", 1));
        assertThat(new LockedValue("aave", DAY, null, 0).usd()).isZero();
    }

    @Test
    void incidentNeedsANameAndADayAfterTheFirstCoin() {
        assertThatIllegalArgumentException().isThrownBy(() -> incident("", DAY, 1.0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> incident("Curve", LocalDate.EPOCH, 1.0))
                .withMessageContaining("older than Bitcoin");
    }

    @Test
    void nothingIsKnownAfterItWasRecordedAndWhatIsObservedIsKnownThen() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Known<>("fact", NOON.plusSeconds(1), true, NOON))
                .withMessageContaining("known_at must not be after recorded_at");
        assertThatIllegalArgumentException().isThrownBy(() -> new Known<>("fact", NOON.minusSeconds(1), false, NOON));
        assertThat(new Known<>("fact", NOON, false, NOON).assumed()).isFalse();
    }

    @Test
    void factIsReadAsItWasWrittenAndHoldsNothingThatIsNotKnown() {
        Incident incident = incident("Curve", DAY, 1.5);
        Protocol protocol = Protocol.named("aave", "Aave", "aave");

        assertThat(FactJson.write(protocol))
                .isEqualTo("{\"slug\":\"aave\",\"name\":\"Aave\",\"asset\":\"aave\",\"listed\":true}");
        assertThat(FactJson.read(FactJson.write(protocol), Protocol.class)).isEqualTo(protocol);
        assertThat(FactJson.read(FactJson.write(incident), Incident.class)).isEqualTo(incident);
    }

    private static Incident incident(String name, LocalDate day, double usd) {
        return new Incident(
                "defillama", day, name, null, null, usd, null, List.of("Ethereum"), null, null, null, null, null, null);
    }
}
