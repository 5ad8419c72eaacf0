package io.mlpool.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

class LoopbackOnlyTest {

    private final LoopbackOnly loopbackOnly = new LoopbackOnly(Modes.open(null));

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1"})
    void serverWhenOnLoopbackStarts(String address) {
        assertThatCode(() -> loopbackOnly.customize(serverOn(address))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.7"})
    void serverWhenOthersCouldReachItIsRefused(String address) {
        assertThatThrownBy(() -> loopbackOnly.customize(serverOn(address)))
                .isInstanceOf(ExposedAddressException.class)
                .hasMessageContaining("server.address is");
    }

    @Test
    void serverWhenWithoutAddressIsRefusedBecauseThatMeansAll() {
        assertThatThrownBy(() -> loopbackOnly.customize(new TomcatServletWebServerFactory()))
                .hasMessageContaining("every address of this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.168.1.7", "127.0.0.1"})
    void serverThatAsksForKeysMayListenAnywhere(String address) {
        LoopbackOnly asksForKeys = new LoopbackOnly(Modes.apiKey(null, null));

        assertThatCode(() -> asksForKeys.customize(serverOn(address))).doesNotThrowAnyException();
    }

    @Test
    void failureSaysWhatToDo() throws UnknownHostException {
        ExposedAddressException failure = new ExposedAddressException(InetAddress.getByName("0.0.0.0"));

        FailureAnalysis analysis = new ExposedAddressFailureAnalyzer().analyze(failure, failure);

        assertThat(analysis.getDescription()).contains("0.0.0.0").contains("mode 'open'");
        assertThat(analysis.getAction())
                .contains("SERVER_ADDRESS=127.0.0.1", "MLPOOL_SECURITY_MODE=api-key", "./mlpool keys create");
    }

    private static TomcatServletWebServerFactory serverOn(String address) throws UnknownHostException {
        TomcatServletWebServerFactory server = new TomcatServletWebServerFactory();
        server.setAddress(InetAddress.getByName(address));
        return server;
    }
}
