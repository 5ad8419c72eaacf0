package io.mlpool.mlflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.mlflow.Mlflow;
import io.mlpool.mlflow.MlflowException;
import io.mlpool.mlflow.MlflowProperties;
import io.mlpool.testing.RealMlflow;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real server. */
class LocalMlflowTest {

    @TempDir
    Path folder;

    @Test
    void aServerThatIsStartedAgainHasWhatItHadEvenAfterAKill() throws Exception {
        try (RealMlflow mlflow = RealMlflow.own(folder)) {
            assertThat(create(mlflow.uri(), "kept").statusCode()).isEqualTo(200);
            mlflow.kill();
            assertThat(isListening(mlflow.uri())).isFalse();
            mlflow.start();
            assertThat(named(mlflow.uri(), "kept").statusCode()).isEqualTo(200);
            assertThat(named(mlflow.uri(), "never-made").statusCode()).isEqualTo(404);
            mlflow.stop();
            assertThat(isListening(mlflow.uri())).isFalse();
        }
        assertThat(folder.resolve("mlflow.db")).exists();
    }

    @Test
    void theServerEndsWithItsJvmEvenWhenThatIsKilled() throws Exception {
        int port = RealMlflow.freePort();
        Path environment = RealMlflow.environment().folder();
        Process jvm = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Starting.class.getName(),
                        environment.toString(),
                        folder.toString(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = jvm.inputReader()) {
            assertThat(said.readLine()).isEqualTo("up");
            List<ProcessHandle> server = jvm.toHandle().descendants().toList();
            assertThat(server).hasSizeGreaterThanOrEqualTo(2);
            jvm.destroyForcibly();
            assertThat(server).allSatisfy(process -> process.onExit().get(20, TimeUnit.SECONDS));
        } finally {
            jvm.destroyForcibly();
        }
        assertThat(isListening(URI.create("http://localhost:" + port))).isFalse();
    }

    /** A program that starts a server and would go on for ever. */
    static final class Starting {
        public static void main(String[] arguments) throws IOException {
            LocalMlflow.start(
                    new PythonEnvironment(Path.of(arguments[0])),
                    MlflowSetup.in(Path.of(arguments[1]), Integer.parseInt(arguments[2])));
            System.out.println("up");
            System.in.read();
        }
    }

    @Test
    void withAnAdministratorOnlyWhoSignsInIsAnswered() throws Exception {
        try (RealMlflow mlflow = RealMlflow.own(folder, setup -> setup.withAdministrator("ada", "correct horse")
                .withAllowedHosts("localhost:*", "mlflow"))) {
            assertThat(named(mlflow.uri(), "Default").statusCode()).isEqualTo(401);
            HttpRequest signedIn = HttpRequest.newBuilder(experiment(mlflow.uri(), "Default"))
                    .header(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString("ada:correct horse".getBytes(StandardCharsets.UTF_8)))
                    .build();
            assertThat(send(signedIn).statusCode()).isEqualTo(200);
            assertThat(as(mlflow.uri(), "ada", "correct horse").experiments().id("Default"))
                    .isEqualTo("0");
            assertThatThrownBy(() ->
                            as(mlflow.uri(), "ada", "wrong horse").experiments().id("Default"))
                    .isInstanceOf(MlflowException.class)
                    .hasMessageContaining("does not know who asks (401)")
                    .hasMessageContaining("MLFLOW_TRACKING_PASSWORD");
            HttpResponse<String> byAddress = send(HttpRequest.newBuilder(experiment(
                            URI.create("http://127.0.0.1:" + mlflow.uri().getPort()), "Default"))
                    .build());
            assertThat(byAddress.statusCode())
                    .as("127.0.0.1 is no allowed host")
                    .isEqualTo(403);
        }
    }

    private static Mlflow as(URI server, String user, String password) {
        MlflowProperties open = MlflowProperties.of(server);
        return new Mlflow(
                new MlflowProperties(
                        open.uri(),
                        user,
                        password,
                        null,
                        open.connectTimeout(),
                        open.timeout(),
                        open.transferTimeout(),
                        open.retryPauses(),
                        null),
                Optional.empty());
    }

    @Test
    void aTakenPortIsNamedBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalMlflow.start(
                            new PythonEnvironment(folder), MlflowSetup.in(folder, taken.getLocalPort())))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void aServerThatEndsAtOnceIsQuoted() throws IOException {
        PythonEnvironment broken = python("echo 'no such table: alembic_version' >&2; exit 3");
        assertThatThrownBy(() -> LocalMlflow.start(broken, MlflowSetup.in(folder, RealMlflow.freePort())))
                .isInstanceOf(ServerNotStartedException.class)
                .hasMessageContaining("ended with code 3")
                .hasMessageContaining(folder.resolve("mlflow.log").toString())
                .hasMessageContaining("no such table: alembic_version");
    }

    @Test
    void aServerThatStaysSilentIsStoppedAndQuoted() throws IOException {
        PythonEnvironment silent = python("echo 'still upgrading'; exec sleep 600");
        MlflowSetup setup = MlflowSetup.in(folder, RealMlflow.freePort()).withPatience(Duration.ofSeconds(1));
        assertThatThrownBy(() -> LocalMlflow.start(silent, setup))
                .isInstanceOf(ServerNotStartedException.class)
                .hasMessageContaining("did not answer within 1 seconds")
                .hasMessageContaining("still upgrading");
        assertThat(ProcessHandle.current().descendants()).noneMatch(LocalMlflowTest::sleeps);
    }

    @Test
    void aPasswordIsNotPrinted() {
        assertThat(MlflowSetup.in(folder, 5000)
                        .withAdministrator("ada", "correct horse")
                        .toString())
                .contains("ada")
                .doesNotContain("horse");
    }

    private static boolean sleeps(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("sleep");
    }

    /** A real Python would do, but need not be there: the guard is a fake that only starts the server. */
    private PythonEnvironment python(String server) throws IOException {
        Path python = folder.resolve("environment/bin/python");
        FakePython.server(python, server);
        return new PythonEnvironment(folder.resolve("environment"));
    }

    private static HttpResponse<String> create(URI mlflow, String experiment) throws Exception {
        return send(HttpRequest.newBuilder(mlflow.resolve("/api/2.0/mlflow/experiments/create"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"%s\"}".formatted(experiment)))
                .build());
    }

    private static HttpResponse<String> named(URI mlflow, String experiment) throws Exception {
        return send(HttpRequest.newBuilder(experiment(mlflow, experiment)).build());
    }

    private static URI experiment(URI mlflow, String name) {
        return mlflow.resolve("/api/2.0/mlflow/experiments/get-by-name?experiment_name=" + name);
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private static boolean isListening(URI uri) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()));
            return false;
        } catch (java.net.BindException e) {
            return true;
        }
    }
}
