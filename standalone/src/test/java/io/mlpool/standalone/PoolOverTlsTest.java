package io.mlpool.standalone;

import static io.mlpool.standalone.Commands.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.testing.TestCertificate;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolOverTlsTest {

    @TempDir
    Path folder;

    @Test
    void commandsSpeakTlsToTheServicesThatDoAndPlainHttpToTheOthers() throws Exception {
        Path keys = folder.resolve("keys.p12");
        TestCertificate.make(keys, "pool.example", "-1d", 100);
        PoolHome home = new PoolHome(folder.resolve("pool"));
        try (Pool pool = Pool.open(home, Ports.free())) {
            pool.startIngest(Map.of(
                    "mlpool.ingest.coingecko.enabled",
                    false,
                    "mlpool.ingest.defillama.enabled",
                    false,
                    "mlpool.ingest.replay.enabled",
                    false));
            pool.startServing(Map.of(
                    "mlpool.security.mode",
                    "api-key",
                    "server.ssl.bundle",
                    "pool",
                    "spring.ssl.bundle.jks.pool.keystore.location",
                    keys,
                    "spring.ssl.bundle.jks.pool.keystore.password",
                    TestCertificate.PASSWORD));

            assertThat(pool.ports().ingestUrl()).startsWith("http://");
            assertThat(pool.ports().servingUrl()).startsWith("https://");
            assertThat(home.client().get(pool.ports().servingUrl() + "/models").has("models"))
                    .isTrue();
            assertThat(execute("predict", "bitcoin", "--home", home.folder().toString())
                            .err())
                    .as("the service's own answer, over TLS")
                    .contains("no model is live");
            assertThat(execute("keys", "create", "desk", "--home", home.folder().toString())
                            .out())
                    .contains("curl -sk https://localhost:" + pool.ports().serving() + "/predict");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1"})
    void whoAnswersOnThisMachineIsBelieved(String host) {
        assertThatCode(() -> Loopback.requireLoopback(host)).doesNotThrowAnyException();
    }

    @Test
    void nobodyElseIsBelieved() {
        assertThatThrownBy(() -> Loopback.requireLoopback("192.0.2.1"))
                .isInstanceOf(CertificateException.class)
                .hasMessage("192.0.2.1 is not this machine");
    }
}
