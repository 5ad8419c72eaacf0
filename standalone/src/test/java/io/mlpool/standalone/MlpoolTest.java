package io.mlpool.standalone;

import static io.mlpool.standalone.Commands.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.testing.RealMlflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlpoolTest {

    @TempDir
    Path home;

    @Test
    void helpTeachesTheCommands() {
        assertThat(execute("--help").out())
                .contains("run", "import", "train", "predict", "report", "keys", "MLPOOL_HOME", "MLPOOL_CACHE");
        assertThat(execute("run", "--help").out())
                .contains("--import", "--port", "CoinGecko", "Ctrl-C", "--mlflow", "--mlflow-port", "5000");
    }

    @Test
    void anUnknownCommandIsNotGuessed() {
        Commands.Result result = execute("pretict", "bitcoin");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("predict");
    }

    @Test
    void predictWithoutAPoolSaysHowToStartOne() {
        Commands.Result result = execute("predict", "bitcoin", "--home", home.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("no pool runs in", "./mlpool run");
    }

    @Test
    void importWithoutAnythingSaysWhatIsMissing() {
        Commands.Result result = execute("import", "--home", home.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("name the files or folders");
    }

    @Test
    void aTakenPortIsNamed() throws java.io.IOException {
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Commands.Result result = execute(
                    "run", "--home", home.toString(), "--port", Integer.toString(taken.getLocalPort()), "--offline");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).contains("port " + taken.getLocalPort() + " is taken", "--port");
        }
    }

    @Test
    void aTakenPortOfMlflowIsNamedBeforeAnythingStarts() throws java.io.IOException {
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Commands.Result result =
                    execute("run", "--home", home.toString(), "--offline", "--mlflow", "--mlflow-port", port);
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).contains("port " + port + " is taken", "--mlflow-port");
        }
        assertThat(home.resolve("postgres")).doesNotExist();
    }

    @Test
    void withoutPythonMlflowSaysHowToGetItBeforeAnythingStarts() throws Exception {
        ProcessBuilder run = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
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

    @ParameterizedTest
    @ValueSource(ints = {70_000, 65_534, 0, -5})
    void portsThatDoNotExistAreRefusedBeforeAnythingStarts(int port) {
        Commands.Result result = execute("run", "--home", home.toString(), "--port=" + port, "--offline", "--once");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("mlpool: --port must be from 1 to 65533, as the two ports after it are used too; found %d%n"
                        .formatted(port));
        assertThat(home).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --import", "import"})
    void aFileThatIsNotThereIsNamedBeforeAnythingStarts(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of(home.resolve("lost.csv").toString(), "--home", home.toString()));
        Commands.Result result = execute(arguments.toArray(String[]::new));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("mlpool: there is no file or folder %s%n".formatted(home.resolve("lost.csv")));
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aHomeThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "no folder");
        Commands.Result result = execute("run", "--home", file.toString(), "--port", freePorts(), "--offline");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).startsWith("mlpool: cannot write to " + file).hasLineCount(1);
    }

    @Test
    void anAddressThatCannotBeWrittenIsNamedAndTheHomeIsGivenBack() throws IOException {
        Files.createDirectories(home.resolve("running.properties/occupied"));
        for (int attempt = 1; attempt <= 2; attempt++) {
            Commands.Result result = execute("run", "--home", home.toString(), "--port", freePorts(), "--offline");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .isEqualTo("mlpool: cannot write to %s; choose another folder with --home DIR%n".formatted(home));
        }
    }

    @Test
    void anAddressThatIsCutOffIsNoPool() throws IOException {
        Files.writeString(home.resolve("running.properties"), "pi");
        assertThat(execute("predict", "bitcoin", "--home", home.toString()).err())
                .contains("no pool runs in");
    }

    @Test
    void anAddressOfMlflowThatIsNoneIsNamedBeforeAnythingStarts() {
        assertThatThrownBy(() -> EarlyLook.at(Map.of("EXPERIMENT_TRACKING_URI", "mlflow:5000")))
                .isInstanceOf(MlpoolException.class)
                .hasMessageStartingWith("EXPERIMENT_TRACKING_URI")
                .hasMessageContaining("must be http(s)://host:port, found 'mlflow:5000'");
        EarlyLook.at(Map.of("EXPERIMENT_TRACKING_URI", "http://mlflow:5000"));
        EarlyLook.at(Map.of("EXPERIMENT_TRACKING_URI", ""));
        EarlyLook.at(Map.of());
    }

    @Test
    void aPlanOfCoinGeckoThatIsNoneIsNamedBeforeAnythingStarts() {
        assertThatThrownBy(() -> EarlyLook.at(Map.of("COINGECKO_PLAN", "gold")))
                .isInstanceOf(MlpoolException.class)
                .hasMessage("COINGECKO_PLAN must be keyless, demo or pro (any paid plan), found 'gold'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MLPOOL_SECURITY_MODE=foo   | MLPOOL_SECURITY_MODE must be open or api-key, found 'foo'",
                "MLPOOL_SECURTY_MODE=open   | there is no setting MLPOOL_SECURTY_MODE; did you mean MLPOOL_SECURITY_MODE? Write it",
                "MLPOOL_ENCRYPTION_KEYS=/no | /no does not exist; ./mlpool encryption create /no makes it",
                "SERVER_ADDRESS=0.0.0.0     | listens on loopback only, but server.address is 0.0.0.0 (environment: SERVER_ADDRESS)"
            })
    void aSettingThatCannotBeEndsTheStartInOneMessage(String setting, String message) throws Exception {
        String said = runWith(setting);

        assertThat(said.lines().filter(line -> line.startsWith("mlpool: ")))
                .singleElement()
                .asString()
                .contains(message);
        assertThat(said).doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MLPOOL_SECURTY_MODE=open  | there is no setting MLPOOL_SECURTY_MODE",
                "MLPOOL_TRAINING_STEPS=abc | MLPOOL_TRAINING_STEPS must be a whole number",
                "MLPOOL_BOOK_PATIENCE=soon | MLPOOL_BOOK_PATIENCE must be a length of time",
                "MLPOOL_INGEST_INBOX_EVERY=0s | mlpool.ingest.inbox.every must be positive"
            })
    void aSettingOfAnyServiceThatCannotBeIsToldBeforeAnythingStarts(String setting, String message) throws Exception {
        assertThat(runWith(setting)).startsWith("mlpool: " + message).hasLineCount(1);
        assertThat(home.resolve("pool")).doesNotExist();
    }

    private String runWith(String setting) throws Exception {
        ProcessBuilder run = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Mlpool.class.getName(),
                        "run",
                        "--offline",
                        "--port=" + freePorts(),
                        "--home=" + home.resolve("pool"))
                .redirectErrorStream(true);
        String[] parts = setting.split("=", 2);
        run.environment().put(parts[0], parts[1]);
        Process process = run.start();
        String said = process.inputReader().readAllAsString();
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        return said;
    }

    @Test
    void helpOfServeStartsNothing() throws Exception {
        Process help = new ProcessBuilder("bash", "../mlpool", "serve", "--server.port=9001", "--help").start();

        assertThat(help.inputReader().readAllAsString()).startsWith("Usage: ./mlpool serve");
        assertThat(help.waitFor()).isZero();
    }

    @Test
    void aNumberThatIsNoneSaysWhatIsAllowed() {
        Commands.Result result = execute("run", "--port", "abc");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--port", "must be a whole number, found 'abc'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "train"})
    void whatNeedsAPoolMakesNone(String command) {
        Commands.Result result = execute(command, "--home", home.resolve("none").toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("mlpool: there is no pool in " + home.resolve("none"))
                .hasLineCount(1);
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void reportOfAnUnknownIntervalListsThoseThereAre() {
        Commands.Result result = execute("report", "--interval", "9z", "--home", home.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("unknown interval '9z', known are 1m, 5m")
                .hasLineCount(1);
        assertThat(home).isEmptyDirectory();
    }

    /** The first of three that are free, as another suite may run beside this one. */
    private static String freePorts() {
        for (int port = 20_000; port < 60_000; port += 7) {
            try {
                Ports.from(port).requireFree();
                return Integer.toString(port);
            } catch (MlpoolException taken) {
                // the next three may be free
            }
        }
        throw new AssertionError("no three free ports in a row");
    }

    @Test
    void oddsTellsHowWellOutliersStandOut(@TempDir Path folder) throws IOException {
        StringBuilder rows = new StringBuilder("a,b,label\n");
        for (int i = 0; i < 50; i++) {
            rows.append(i % 7).append(',').append(i % 5).append(",0\n");
        }
        Files.writeString(folder.resolve("planted.csv"), rows + "90,-90,1\n");

        assertThat(Commands.execute("odds", "--seeds", "2", folder.toString()).out())
                .contains("planted", "51 rows,   1 outliers,  2 columns  ROC-AUC 1.0000");
        assertThat(Commands.execute("odds", "/nowhere").err()).startsWith("mlpool: cannot read the folder /nowhere");
        assertThat(Commands.execute("odds", "--seeds", "0", "/nowhere").err())
                .startsWith("mlpool: --seeds must be positive, found 0");
    }

    @Test
    void nabTellsWhatIsWrongWithItsFolderOrOptions() {
        assertThat(Commands.execute("nab", "/nowhere").err())
                .startsWith("mlpool: no corpus of NAB, there is no /nowhere");
        assertThat(Commands.execute("nab", "--samples", "1", "/nowhere").err())
                .startsWith("mlpool: samples must be at least 16, found 1");
    }

    @Test
    void riskStudyTellsWhatIsWrongWithItsFilesOrOptions() {
        assertThat(Commands.execute("risk-study", "/nowhere").err())
                .startsWith("mlpool: there is no file or folder /nowhere");
        assertThat(Commands.execute("risk-study", "--before", "2022-05-09").err())
                .startsWith("mlpool: --before says when and --asset of what to tell");
    }
}
