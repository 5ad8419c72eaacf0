package io.mlpool.mlflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonTest {

    @TempDir
    Path folder;

    @Test
    void thePathIsSearchedForOneThatFits() throws IOException {
        FakePython.install(folder.resolve("old/python3"), "3.9.2", true, ":");
        FakePython.brokenShim(folder.resolve("shims/python3.13"));
        FakePython.install(folder.resolve("bare/python3.12"), "3.12.1", false, ":");
        FakePython.install(folder.resolve("good/python3.11"), "3.11.7", true, ":");
        Python found = Python.find(path("old", "shims", "bare", "good"));
        assertThat(found).isEqualTo(new Python(folder.resolve("good/python3.11"), "3.11.7", true));
    }

    @Test
    void onePlainPython3ThatFitsIsTakenBeforeNewerOnes() throws IOException {
        FakePython.install(folder.resolve("a/python3.14"), "3.14.0", true, ":");
        FakePython.install(folder.resolve("b/python3"), "3.12.4", true, ":");
        assertThat(Python.find(path("a", "b")).version()).isEqualTo("3.12.4");
    }

    @Test
    void withoutPythonTheMessageSaysHowToGetOne() {
        assertThatThrownBy(() -> Python.find(path("nothing")))
                .isInstanceOf(PythonMissingException.class)
                .hasMessageContaining("Python 3.11 to 3.14")
                .hasMessageContaining("no Python was found")
                .hasMessageContaining("apt install python3 python3-venv")
                .hasMessageContaining("dnf install python3")
                .hasMessageContaining("brew install python");
    }

    @Test
    void whatWasFoundAndWhyItDoesNotFitIsSaid() throws IOException {
        FakePython.install(folder.resolve("old/python3"), "3.10.12", true, ":");
        FakePython.install(folder.resolve("debian/python3.11"), "3.11.2", false, ":");
        FakePython.brokenShim(folder.resolve("shims/python3.13"));
        FakePython.install(folder.resolve("new/python3"), "3.15.0", true, ":");
        assertThatThrownBy(() -> Python.find(path("old", "debian", "shims", "new")))
                .hasMessageContaining(folder.resolve("old/python3") + " which is 3.10.12,")
                .hasMessageContaining(
                        folder.resolve("debian/python3.11") + " which is 3.11.2 without venv or ensurepip")
                .hasMessageContaining(folder.resolve("shims/python3.13") + " which does not run")
                .hasMessageContaining(folder.resolve("new/python3") + " which is 3.15.0,");
    }

    @Test
    void settingsOfPipAndTheProxyStayInTheEnvironment() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PIP_INDEX_URL", "https://index.example",
                "HTTPS_PROXY", "http://proxy.example",
                "PYTHONPATH", "/elsewhere",
                "MLFLOW_TRACKING_URI", "http://theirs"));
        Python.forgetForeign(environment);
        assertThat(environment).containsOnlyKeys("PIP_INDEX_URL", "HTTPS_PROXY");
    }

    private String path(String... folders) {
        return String.join(
                File.pathSeparator,
                java.util.Arrays.stream(folders)
                        .map(name -> folder.resolve(name).toString())
                        .toList());
    }
}
