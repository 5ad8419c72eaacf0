package io.mlpool.serving.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class LoadSheddingTest {

    private static final Duration MOST = Duration.ofMillis(500);

    private final Counter refused = new SimpleMeterRegistry().counter("refused");

    @Test
    void requestThatWaitedTooLongIsToldWhenToAskAgain() throws Exception {
        MockHttpServletResponse answer = ask("/predict", MOST.plusNanos(1));

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
        assertThat(answer.getContentAsString())
                .isEqualTo(
                        "{\"detail\":\"too many requests are in progress here, this one waited for more than 500 ms; ask again in a second\"}");
        assertThat(refused.count()).isEqualTo(1);
    }

    @Test
    void requestThatWaitedNoLongerThanAllowedIsAnswered() throws Exception {
        assertThat(ask("/predict", MOST).getStatus()).isEqualTo(200);
        assertThat(refused.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/ping", "/actuator/health/liveness", "/v2/health/ready"})
    void whoAsksHowWeAreIsAlwaysLetIn(String path) throws Exception {
        assertThat(ask(path, Duration.ofMinutes(1)).getStatus()).isEqualTo(200);
        assertThat(refused.count()).isZero();
    }

    @Test
    void limitsThatLetNobodyInAreNone() {
        assertThatThrownBy(() -> new LoadProperties(0, MOST, 1))
                .hasMessage("mlpool.load.requests must be positive, found 0");
        assertThatThrownBy(() -> new LoadProperties(1, MOST, 0))
                .hasMessage("mlpool.load.questions must be positive, found 0");
        assertThatThrownBy(() -> new LoadProperties(1, Duration.ZERO, 1))
                .hasMessage("mlpool.load.longest-wait must be positive, found PT0S");
    }

    /** A chain that was reached leaves the status at 200. */
    private MockHttpServletResponse ask(String path, Duration waited) throws Exception {
        MockHttpServletResponse answer = new MockHttpServletResponse();
        new LoadShedding(MOST, () -> waited, refused)
                .doFilter(new MockHttpServletRequest("POST", path), answer, new MockFilterChain());
        return answer;
    }
}
