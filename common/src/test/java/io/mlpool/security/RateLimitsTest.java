package io.mlpool.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;

class RateLimitsTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final RateLimits limits = new RateLimits(Modes.apiKey(60, 3), clock);

    @Test
    void addressWhenItAskedItsShareWaitsUntilTheNextRequestIsThere() {
        for (int left = 2; left >= 0; left--) {
            MockHttpServletResponse response = new MockHttpServletResponse();
            assertThat(admit("10.0.0.1", response).granted()).isTrue();
            assertThat(response.getHeader("RateLimit-Remaining")).isEqualTo(Integer.toString(left));
        }
        MockHttpServletResponse refused = new MockHttpServletResponse();
        RateLimit.Admission admission = admit("10.0.0.1", refused);

        assertThat(admission).isEqualTo(new RateLimit.Admission(false, 20));
        assertThat(refused.getHeader("RateLimit-Limit")).isEqualTo("3");
        assertThat(refused.getHeader("RateLimit-Remaining")).isEqualTo("0");
        assertThat(refused.getHeader("RateLimit-Reset")).isEqualTo("60");
        clock.advance(Duration.ofSeconds(admission.seconds()));
        assertThat(admit("10.0.0.1").granted()).isTrue();
        assertThat(admit("10.0.0.1").granted()).isFalse();
    }

    @Test
    void addressesDoNotUseUpEachOthersShare() {
        for (int i = 0; i < 4; i++) {
            admit("10.0.0.1");
        }

        assertThat(admit("10.0.0.2").granted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.2, false",
        "2001:db8:0:1:0:0:0:1, 2001:db8:0:1:ffff:0:0:2, true",
        "2001:db8:0:1:0:0:0:1, 2001:db8:0:2:0:0:0:1, false",
        "::ffff:10.0.0.1, 10.0.0.1, true",
        "fe80:0:0:0:0:0:0:1%eth0, not:an:address, false"
    })
    void networkOfAnAddressIsWhatItsOwnerCannotChoose(String one, String other, boolean same) {
        assertThat(CallerAddress.of(one).equals(CallerAddress.of(other))).isEqualTo(same);
    }

    @Test
    void keyHasItsOwnLimitOrThatOfTheService() {
        ApiKey usual = Examples.key("usual", Scope.READ);

        assertThat(Objects.requireNonNull(limits.ofKey(usual)).perMinute()).isEqualTo(60);
        assertThat(Objects.requireNonNull(limits.ofKey(limited(usual, 7))).perMinute())
                .isEqualTo(7);
        assertThat(limits.ofKey(limited(usual, 0))).isNull();
    }

    @Test
    void limitThatIsTurnedOffIsNone() {
        RateLimits none = new RateLimits(Modes.apiKey(0, 0), clock);

        assertThat(none.ofAddress("10.0.0.1")).isNull();
        assertThat(none.ofKey(Examples.key("usual", Scope.READ))).isNull();
    }

    private RateLimit.Admission admit(String address) {
        return admit(address, new MockHttpServletResponse());
    }

    private RateLimit.Admission admit(String address, MockHttpServletResponse response) {
        return Objects.requireNonNull(limits.ofAddress(address)).admit(response);
    }

    private static ApiKey limited(ApiKey key, int perMinute) {
        return new ApiKey(key.id(), key.name(), key.scopes(), perMinute, Instant.EPOCH, "test", null, null, null);
    }
}
