package io.mlpool.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AddressLimitFilterTest {

    private final AddressLimitFilter filter = new AddressLimitFilter(
            Rights.table().probes("GET /health").build(),
            new RateLimits(Modes.open(2), new SettableClock(Instant.EPOCH)));

    @Test
    void addressThatAsksTooMuchIsRefusedWithoutBeingAskedForAKey() throws Exception {
        assertThat(status("/predict")).isEqualTo(200);
        assertThat(status("/predict")).isEqualTo(200);
        assertThat(status("/predict")).isEqualTo(429);
    }

    @Test
    void whoWatchesOverTheServiceIsNeverRefused() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(status("/health")).isEqualTo(200);
        }
    }

    private int status(String path) throws ServletException, IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(new MockHttpServletRequest("GET", path), response, new MockFilterChain());
        return response.getStatus();
    }
}
