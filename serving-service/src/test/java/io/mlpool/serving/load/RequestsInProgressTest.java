package io.mlpool.serving.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestsInProgressTest {

    private final Room room = new Room(1);
    private final Counter refused = new SimpleMeterRegistry().counter("refused");
    private final RequestsInProgress filter = new RequestsInProgress(room, refused);

    @Test
    void requestBeyondTheLimitIsToldWhenToAskAgain() throws Exception {
        MockHttpServletResponse second = whileAnotherIsInProgress("/predict");

        assertThat(second.getStatus()).isEqualTo(503);
        assertThat(second.getHeader("Retry-After")).isEqualTo("1");
        assertThat(second.getContentAsString())
                .isEqualTo(
                        "{\"detail\":\"1 requests are in progress here, no more are taken on; ask again in a second\"}");
        assertThat(refused.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/ping", "/actuator/health/liveness", "/v2/health/ready"})
    void whoAsksHowWeAreIsAlwaysLetIn(String path) throws Exception {
        assertThat(whileAnotherIsInProgress(path).getStatus()).isEqualTo(200);
        assertThat(refused.count()).isZero();
    }

    @Test
    void placeIsGivenBackWhenARequestFails() {
        assertThatThrownBy(() -> ask("/predict", new MockHttpServletResponse(), (request, response) -> {
                    throw new ServletException("broken");
                }))
                .hasMessage("broken");

        assertThat(room.taken()).isZero();
    }

    @Test
    void roomWithoutAPlaceIsNone() {
        assertThatThrownBy(() -> new Room(0)).hasMessage("a room has at least one place, found 0");
        assertThatThrownBy(() -> new LoadProperties(0, 1)).hasMessage("mlpool.load.requests must be positive, found 0");
        assertThatThrownBy(() -> new LoadProperties(1, 0))
                .hasMessage("mlpool.load.questions must be positive, found 0");
    }

    private MockHttpServletResponse whileAnotherIsInProgress(String path) throws Exception {
        MockHttpServletResponse second = new MockHttpServletResponse();
        ask("/predict", new MockHttpServletResponse(), (_, _) -> ask(path, second, (_, _) -> {}));
        return second;
    }

    private void ask(String path, MockHttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        filter.doFilter(new MockHttpServletRequest("POST", path), response, chain);
    }
}
