package io.mlpool.tls;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.edge.EdgeServer;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestCertificate;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class TlsTest {

    /** As keytool names what it makes. */
    private static final String ALIAS = "mykey";

    @TempDir
    Path folder;

    private Optional<ConfigurableApplicationContext> server = Optional.empty();

    @AfterEach
    void stop() {
        server.ifPresent(ConfigurableApplicationContext::close);
    }

    @Test
    void answersOverTlsTellBrowsersToStayWithIt() throws Exception {
        TestCertificate.make(keys(), "first", "-1d", 100);
        start();

        HttpResponse<String> answer = ask();

        assertThat(answer.body()).isEqualTo("{\"answer\":\"small\"}");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
    }

    @Test
    void newCertificateIsTakenIntoUseWithoutARestartAndAnExpiredOneIsNot(CapturedOutput output) throws Exception {
        TestCertificate.make(keys(), "first", "-1d", 100);
        start();
        assertThat(shown()).isEqualTo("CN=first");

        TestCertificate.make(keys(), "second", "-1d", 100);
        eventually(() -> assertThat(shown()).isEqualTo("CN=second"));

        TestCertificate.make(keys(), "third", "-20d", 10);
        eventually(() -> assertThat(output.getOut())
                .contains("its certificate does not hold now: CN=third has expired at")
                .contains("keys.p12 was changed")
                .contains("The certificate from before stays in use"));
        assertThat(shown()).isEqualTo("CN=second");

        TestCertificate.make(keys(), "fourth", "-1d", 100);
        eventually(() -> assertThat(shown()).isEqualTo("CN=fourth"));
    }

    @Test
    void expiredCertificateStopsTheStartAndNamesTheFileAndTheDay(CapturedOutput output) throws Exception {
        TestCertificate.make(keys(), "old", "-20d", 10);

        assertThatThrownBy(this::start)
                .rootCause()
                .isInstanceOf(ExpiredCertificateException.class)
                .hasMessageContaining("CN=old has expired at " + day(-10));
        assertThat(output.getOut())
                .contains("The service did not start: the certificate in " + keys())
                .contains("Put a certificate that holds into " + keys())
                .contains("look at this machine's clock")
                .doesNotContain("\tat io.mlpool");
    }

    @Test
    void certificateThatDoesNotHoldYetStopsTheStartToo() throws Exception {
        TestCertificate.make(keys(), "early", "+5d", 10);

        assertThatThrownBy(this::start).rootCause().hasMessageContaining("CN=early holds from " + day(5));
    }

    @Test
    void keyOfAnotherCertificateStopsTheStartAndSaysWhichDoNotFit(CapturedOutput output) throws Exception {
        mixUp("ours", "theirs");

        assertThatThrownBy(this::start)
                .rootCause()
                .isInstanceOf(ForeignKeyException.class)
                .hasMessageContaining(
                        "the private key of SSL bundle 'server' is not that of its certificate, CN=ours in " + keys());
        assertThat(output.getOut())
                .contains("The service did not start: the private key of SSL bundle 'server'")
                .contains("Let spring.ssl.bundle.*.server.keystore name a certificate and the key that it was made for")
                .doesNotContain("\tat io.mlpool");
    }

    @Test
    void certificateWhoseKeyHasNotComeYetIsNotTakenIntoUse(CapturedOutput output) throws Exception {
        TestCertificate.make(keys(), "first", "-1d", 100);
        start();

        mixUp("second", "theirs");

        eventually(() -> assertThat(output.getOut())
                .contains("keys.p12 was changed, but the key is not that of its certificate CN=second"));
        assertThat(shown()).isEqualTo("CN=first");
    }

    @Test
    void certificateThatEndsWithinTwoWeeksIsToldOf() throws Exception {
        TestCertificate.make(keys(), "ending", "-1d", 31);
        start();
        CertificateWatch watch = running().getBean(CertificateWatch.class);
        assertThat(watch.warnings()).isEmpty();
        assertThat(health()).contains("\"status\":\"VALID\"", "\"expiringChains\":[]");

        running().getBean(SettableClock.class).set(Instant.now().plus(Duration.ofDays(20)));

        assertThat(watch.warnings())
                .singleElement()
                .asString()
                .contains(keys().toString(), "has to be replaced: CN=ending ends at " + day(30), "in 9 days");

        running().getBean(SettableClock.class).set(Instant.now().plus(Duration.ofDays(40)));
        assertThat(watch.warnings()).singleElement().asString().contains("CN=ending has expired at");
        assertThat(health()).contains("OUT_OF_SERVICE");
    }

    @Test
    void warningStandsInTheLogOfTheStartAndInTheHealth(CapturedOutput output) throws Exception {
        TestCertificate.make(keys(), "ending", "-1d", 8);
        start();

        eventually(() -> assertThat(output.getOut()).contains("has to be replaced: CN=ending ends at"));
        assertThat(health()).contains("\"expiringChains\":[{\"alias\":\"mykey\"");
    }

    /** Puts the certificate of one and the key of the other into the file. */
    private void mixUp(String certificate, String key) throws Exception {
        KeyStore mixed = made(certificate);
        Certificate[] chain = mixed.getCertificateChain(ALIAS);
        mixed.setKeyEntry(ALIAS, made(key).getKey(ALIAS, password()), password(), chain);
        Path fresh = folder.resolve("mixed.fresh");
        try (OutputStream out = Files.newOutputStream(fresh)) {
            mixed.store(out, password());
        }
        Files.move(fresh, keys(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private KeyStore made(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        TestCertificate.make(file, name, "-1d", 100);
        return KeyStore.getInstance(file.toFile(), password());
    }

    private static char[] password() {
        return TestCertificate.PASSWORD.toCharArray();
    }

    private Path keys() {
        return folder.resolve("keys.p12");
    }

    private void start() {
        server = Optional.of(EdgeServer.start(
                "server.ssl.bundle=server",
                "spring.ssl.bundle.jks.server.reload-on-update=true",
                "spring.ssl.bundle.jks.server.keystore.location=" + keys(),
                "spring.ssl.bundle.jks.server.keystore.password=" + TestCertificate.PASSWORD,
                "spring.ssl.bundle.jks.server.keystore.type=PKCS12",
                "spring.ssl.bundle.watch.file.quiet-period=50ms"));
    }

    private ConfigurableApplicationContext running() {
        return server.orElseThrow();
    }

    private static String day(int fromNow) {
        return Instant.now().plus(Duration.ofDays(fromNow)).toString().substring(0, 10);
    }

    private String health() throws Exception {
        return get("/actuator/health").body();
    }

    private HttpResponse<String> ask() throws Exception {
        return get("/small");
    }

    private String shown() throws Exception {
        X509Certificate certificate =
                (X509Certificate) ask().sslSession().orElseThrow().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    /** With a connection of its own each time. */
    private HttpResponse<String> get(String path) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAll()}, null);
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + EdgeServer.port(running()) + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static final class TrustsAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
