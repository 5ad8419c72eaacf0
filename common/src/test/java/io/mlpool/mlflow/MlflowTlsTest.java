package io.mlpool.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.mlpool.registry.RegistryConfiguration;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A server with a certificate that nobody signed, made by the JDK's keytool, and trust in it by Spring's SSL bundles. */
@Timeout(30)
class MlflowTlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static HttpsServer server;

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
            .withUserConfiguration(RegistryConfiguration.class)
            .withPropertyValues(
                    "mlpool.model.storage=" + folder,
                    "mlpool.tracking.retry-pauses=",
                    "spring.ssl.bundle.pem.mlflow.truststore.certificate=file:" + folder.resolve("server.pem"));

    @BeforeAll
    static void start() throws Exception {
        Path keys = folder.resolve("server.p12");
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=mlflow", "-ext", "san=dns:localhost", "-keystore", keys);
        keytool("-exportcert", "-rfc", "-file", folder.resolve("server.pem"), "-keystore", keys);
        server = start(keys);
        answer("/version", "3.17.2");
        answer("/", "{\"registered_models\": [{\"name\": \"price-1h\"}]}");
    }

    private static HttpsServer start(Path keys) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity(keys)));
        server.start();
        return server;
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void certificateOfOnesOwnIsTrustedByTheBundleThatIsNamed() {
        context.withPropertyValues("mlpool.tracking.uri=" + at("localhost"), "mlpool.tracking.ssl-bundle=mlflow")
                .run(started -> assertThat(
                                started.getBean(Mlflow.class).registeredModels().models())
                        .extracting(RegisteredModels.Model::name)
                        .containsExactly("price-1h"));
    }

    @Test
    void certificateOfOnesOwnIsRefusedWithoutABundleAndTheMessageNamesIt() {
        context.withPropertyValues("mlpool.tracking.uri=" + at("localhost"))
                .run(started -> assertRefused(started.getBean(Mlflow.class)));
    }

    @Test
    void trustedCertificateIsRefusedUnderAnotherName() {
        context.withPropertyValues("mlpool.tracking.uri=" + at("127.0.0.1"), "mlpool.tracking.ssl-bundle=mlflow")
                .run(started -> assertRefused(started.getBean(Mlflow.class)));
    }

    @Test
    void certificateThatHasExpiredIsNamed() throws Exception {
        HttpsServer expired = start(signedByAnAuthority("-20d", 10));
        try {
            context.withPropertyValues(
                            "mlpool.tracking.uri=" + at("localhost", expired),
                            "mlpool.tracking.ssl-bundle=authority",
                            "spring.ssl.bundle.pem.authority.truststore.certificate=file:"
                                    + folder.resolve("authority.pem"))
                    .run(started -> assertThatThrownBy(() -> started.getBean(Mlflow.class)
                                    .registeredModels()
                                    .models())
                            .hasMessageContaining("shows a certificate that has expired (NotAfter: "));
        } finally {
            expired.stop(0);
        }
    }

    /** A server's keys: what an authority signs is looked at more closely than what is trusted itself. */
    private static Path signedByAnAuthority(String begin, int days) throws Exception {
        Path authority = folder.resolve("authority.p12");
        Path keys = folder.resolve("signed.p12");
        Path request = folder.resolve("request.pem");
        Path signed = folder.resolve("signed.pem");
        Path trusted = folder.resolve("authority.pem");
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c", "-keystore", authority);
        keytool("-exportcert", "-rfc", "-file", trusted, "-keystore", authority);
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=mlflow", "-keystore", keys);
        keytool("-certreq", "-file", request, "-keystore", keys);
        keytool(
                "-gencert",
                "-rfc",
                "-infile",
                request,
                "-outfile",
                signed,
                "-ext",
                "san=dns:localhost",
                "-startdate",
                begin,
                "-validity",
                days,
                "-keystore",
                authority);
        keytool("-importcert", "-noprompt", "-alias", "authority", "-file", trusted, "-keystore", keys);
        keytool("-importcert", "-noprompt", "-file", signed, "-keystore", keys);
        return keys;
    }

    private static void assertRefused(Mlflow mlflow) {
        assertThatThrownBy(() -> mlflow.registeredModels().models())
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining("speaks no TLS that is trusted here")
                .hasMessageContaining("mlpool.tracking.ssl-bundle");
    }

    private static String at(String host) {
        return at(host, server);
    }

    private static String at(String host, HttpsServer server) {
        return "https://%s:%d".formatted(host, server.getAddress().getPort());
    }

    private static void answer(String path, String body) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
    }

    private static void keytool(Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static SSLContext identity(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
