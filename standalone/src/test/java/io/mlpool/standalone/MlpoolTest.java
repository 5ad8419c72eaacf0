package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.RealMlflow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MlpoolTest {

    @TempDir
    Path home;

    @Test
    void helpTeachesTheCommands() {
        assertThat(execute("--help").out())
                .contains("run", "import", "train", "predict", "report", "MLPOOL_HOME", "MLPOOL_CACHE");
        assertThat(execute("run", "--help").out())
                .contains("--import", "--port", "CoinGecko", "Ctrl-C", "--mlflow", "--mlflow-port", "5000");
    }

    @Test
    void anUnknownCommandIsNotGuessed() {
        Result result = execute("pretict", "bitcoin");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("predict");
    }

    @Test
    void predictWithoutAPoolSaysHowToStartOne() {
        Result result = execute("predict", "bitcoin", "--home", home.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("no pool runs in", "./mlpool run");
    }

    @Test
    void importWithoutAnythingSaysWhatIsMissing() {
        Result result = execute("import", "--home", home.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("name the files or folders");
    }

    @Test
    void aTakenPortIsNamed() throws java.io.IOException {
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Result result = execute(
                    "run", "--home", home.toString(), "--port", Integer.toString(taken.getLocalPort()), "--offline");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).contains("port " + taken.getLocalPort() + " is taken", "--port");
        }
    }

    @Test
    void aTakenPortOfMlflowIsNamedBeforeAnythingStarts() throws java.io.IOException {
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Result result = execute("run", "--home", home.toString(), "--offline", "--mlflow", "--mlflow-port", port);
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).contains("port " + port + " is taken", "--mlflow-port");
        }
        assertThat(home.resolve("postgres")).doesNotExist();
    }

    @Test
    void withoutPythonMlflowSaysHowToGetItBeforeAnythingStarts() throws Exception {
        ProcessBuilder run = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Mlpool.class.getName(),
                        "run",
                        "--mlflow",
                        "--mlflow-port=" + RealMlflow.freePort(),
                        "--offline",
                        "--home=" + home.resolve("pool"))
                .redirectErrorStream(true);
        run.environment().put("PATH", home.toString());
        run.environment().put("MLPOOL_CACHE", home.resolve("cache").toString());
        Process process = run.start();
        assertThat(process.inputReader().readAllAsString())
                .contains("mlpool: MLflow needs Python", "apt install python3 python3-venv", "brew install python")
                .doesNotContain("Exception", "Database");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private static Result execute(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Mlpool.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        int code = command.execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }

    private record Result(int code, String out, String err) {}
}
