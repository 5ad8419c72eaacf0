package io.mlpool.mlflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    private static final Requirements PINS = new Requirements("mlflow==9.9.9\nonnx==1.0\n");
    private static final String INSTALLS =
            "cp \"${here}/requirements.txt\" \"${here}/installed\"; echo once >>\"${here}/../times\"";

    @TempDir
    Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();

    @Test
    void theFirstUseInstallsTheRequirementsAndSaysSo() throws IOException {
        python(INSTALLS);
        PythonEnvironment environment = installation().prepare();
        assertThat(environment.python()).isExecutable();
        assertThat(environment.folder().resolve("installed")).hasContent(PINS.text());
        assertThat(environment.folder().getFileName().toString()).startsWith("mlflow-9.9.9-");
        assertThat(said)
                .singleElement()
                .asString()
                .contains("Installing MLflow 9.9.9 into " + environment.folder())
                .contains("about a minute");
    }

    @Test
    void theSecondUseInstallsNothing() throws IOException {
        python(INSTALLS);
        installation().prepare();
        said.clear();
        installation().prepare();
        assertThat(said).isEmpty();
        assertThat(times()).hasSize(1);
    }

    @Test
    void otherPinsGetAnEnvironmentOfTheirOwn() {
        assertThat(new Requirements("mlflow==9.9.9\nonnx==1.1\n").environmentName())
                .startsWith("mlflow-9.9.9-")
                .isNotEqualTo(PINS.environmentName());
    }

    @Test
    void anInstallationThatWasKilledIsMadeAgainFromNothing() throws IOException {
        python(INSTALLS);
        Path half = folder.resolve("cache/python").resolve(PINS.environmentName());
        Files.createDirectories(half.resolve("bin"));
        Files.writeString(half.resolve("half"), "left by a killed one");
        PythonEnvironment environment = installation().prepare();
        assertThat(environment.folder()).isEqualTo(half);
        assertThat(half.resolve("half")).doesNotExist();
        assertThat(half.resolve("installed")).exists();
    }

    @Test
    void anEnvironmentWhosePythonWasUpgradedIsMadeAgain() throws IOException {
        python(INSTALLS);
        installation().prepare();
        FakePython.install(environment().python(), "3.12.9", true, ":");
        installation().prepare();
        assertThat(times()).hasSize(2);
    }

    @Test
    void aFailureQuotesPipAndLeavesNothingInUse() throws IOException {
        python("echo 'ERROR: No matching distribution found for mlflow==9.9.9' >&2; exit 1");
        assertThatThrownBy(() -> installation().prepare())
                .isInstanceOf(InstallationFailedException.class)
                .hasMessageContaining(
                        "pip install failed for MLflow in " + environment().folder())
                .hasMessageContaining("No matching distribution found for mlflow==9.9.9")
                .hasMessageContaining("PIP_INDEX_URL")
                .hasMessageContaining("HTTPS_PROXY");
        python(INSTALLS);
        assertThat(installation().prepare().folder().resolve("installed")).exists();
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamed() throws IOException {
        python(INSTALLS);
        Files.writeString(folder.resolve("cache"), "a file where the folder should be");
        assertThatThrownBy(() -> installation().prepare())
                .isInstanceOf(InstallationFailedException.class)
                .hasMessageContaining("cannot write")
                .hasMessageContaining("MLPOOL_CACHE");
    }

    @Test
    void severalAtOnceInstallOnce() throws Exception {
        python(INSTALLS);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Callable<PythonEnvironment> prepare = () -> installation().prepare();
            for (Future<PythonEnvironment> one : threads.invokeAll(List.of(prepare, prepare, prepare, prepare))) {
                assertThat(one.get().folder().resolve("installed")).exists();
            }
        }
        assertThat(times()).hasSize(1);
    }

    @Test
    void oneThatOtherProcessesLockedWaitsAndSaysSo() throws Exception {
        python(INSTALLS);
        Path lock = folder.resolve("cache/python/%s.lock".formatted(PINS.environmentName()));
        Files.createDirectories(lock.getParent());
        Process other = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LockHolder.class.getName(),
                        lock.toString())
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("locked");
            Callable<PythonEnvironment> prepare =
                    () -> new Installation(folder.resolve("cache"), path(), PINS, what -> {
                                said.add(what);
                                other.destroyForcibly();
                            })
                            .prepare();
            prepare.call();
        } finally {
            other.destroyForcibly();
        }
        assertThat(said).hasSize(2);
        assertThat(said.getFirst()).contains("Waiting for another process that installs MLflow 9.9.9");
    }

    /** Another process on the lock. */
    static final class LockHolder {
        public static void main(String[] arguments) throws IOException {
            try (FileChannel channel = FileChannel.open(
                            Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                System.out.println("locked");
                System.in.read();
            }
        }
    }

    private List<String> times() throws IOException {
        return Files.readAllLines(folder.resolve("cache/python/times"));
    }

    private void python(String pip) throws IOException {
        FakePython.install(folder.resolve("path/python3"), "3.12.4", true, pip);
    }

    private PythonEnvironment environment() {
        return new PythonEnvironment(folder.resolve("cache/python").resolve(PINS.environmentName()));
    }

    private Installation installation() {
        return new Installation(folder.resolve("cache"), path(), PINS, said::add);
    }

    private String path() {
        return folder.resolve("path").toString();
    }
}
