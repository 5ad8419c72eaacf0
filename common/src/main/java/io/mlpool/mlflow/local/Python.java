package io.mlpool.mlflow.local;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An interpreter that runs.
 *
 * @param executable the interpreter itself, not a shim or link that chose it
 * @param version as it says: {@code 3.12.4}
 * @param makesEnvironments whether it has the modules venv and ensurepip; Debian packages them apart
 */
record Python(Path executable, String version, boolean makesEnvironments) {

    private static final int OLDEST = 11;
    private static final int NEWEST = 14;

    static final String SUPPORTED = "Python 3.%d to 3.%d".formatted(OLDEST, NEWEST);

    private static final String QUESTION = """
            import importlib.util as u, sys
            print('.'.join(map(str, sys.version_info[:3])))
            print(all(u.find_spec(module) for module in ('venv', 'ensurepip')))
            print(sys.executable)
            """;

    /**
     * The first one on this path that the pinned packages have wheels for.
     *
     * @param path folders as in the variable {@code PATH}
     * @throws PythonMissingException when there is none
     */
    static Python find(String path) {
        List<String> unfit = new ArrayList<>();
        for (Path candidate : candidates(path)) {
            Optional<Python> python = ask(candidate);
            if (python.filter(Python::isSupported)
                    .filter(Python::makesEnvironments)
                    .isPresent()) {
                return python.get();
            }
            unfit.add(candidate + python.map(Python::whyNot).orElse(" which does not run"));
        }
        throw new PythonMissingException(unfit);
    }

    /** What this executable says of itself; empty when it does not run. */
    static Optional<Python> ask(Path executable) {
        try {
            ProcessBuilder builder = new ProcessBuilder(executable.toString(), "-c", QUESTION)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            forgetForeign(builder.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return process.waitFor() == 0 && said.size() == 3
                    ? Optional.of(new Python(
                            Path.of(said.get(2)), said.get(0), said.get(1).equals("True")))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Another Python's modules and the settings of another MLflow do not get into ours; pip's and the proxy's stay. */
    static void forgetForeign(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(name ->
                        List.of("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP").contains(name)
                                || name.startsWith("MLFLOW_")
                                || name.startsWith("_MLFLOW_"));
    }

    private boolean isSupported() {
        return IntStream.rangeClosed(OLDEST, NEWEST).anyMatch(minor -> version.startsWith("3.%d.".formatted(minor)));
    }

    private String whyNot() {
        return " which is %s%s".formatted(version, isSupported() ? " without venv or ensurepip" : "");
    }

    private static List<Path> candidates(String path) {
        List<String> names = Stream.concat(
                        Stream.of("python3"),
                        IntStream.rangeClosed(OLDEST, NEWEST).mapToObj(minor -> "python3." + (NEWEST + OLDEST - minor)))
                .toList();
        return names.stream()
                .flatMap(name -> Stream.of(path.split(File.pathSeparator))
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .toList();
    }
}
