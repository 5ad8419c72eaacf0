package io.mlpool.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files by which MLflow's tools recognise a bundle as a model. */
final class MlflowFiles {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private MlflowFiles() {}

    /** @param weights name of their file as it lies there */
    static void write(Path directory, MlflowModel model, Provenance provenance, String weights) throws IOException {
        Files.writeString(directory.resolve("requirements.txt"), lines(model.requirements(), "%s\n"));
        Files.writeString(directory.resolve("python_env.yaml"), """
                python: 3.11.9
                build_dependencies:
                - pip
                dependencies:
                - -r requirements.txt
                """);
        Files.writeString(directory.resolve("conda.yaml"), """
                channels:
                - conda-forge
                dependencies:
                - python=3.11.9
                - pip
                - pip:
                %sname: mlflow-env
                """.formatted(lines(model.requirements(), "  - %s\n")));
        Files.writeString(directory.resolve("MLmodel"), mlmodel(model, provenance, weights));
    }

    private static String mlmodel(MlflowModel model, Provenance provenance, String weights) {
        return """
                artifact_path: model
                flavors:
                  %1$s:
                    data: %2$s
                %3$s    code: null
                  python_function:
                    loader_module: %4$s
                    data: %2$s
                    env:
                      conda: conda.yaml
                      virtualenv: python_env.yaml
                    python_version: 3.11.9
                utc_time_created: '%5$s'
                metadata:
                  mlpool_run_id: "%6$s"
                %7$ssignature:
                  inputs: '%8$s'
                  outputs: '%9$s'
                  params: null
                """.formatted(
                        model.flavor().label(),
                        weights,
                        entries(model.details(), "    %s: %s\n"),
                        model.flavor().loader(),
                        TIME.format(provenance.createdAt()),
                        provenance.runId(),
                        entries(model.metadata(), "  %s: %s\n"),
                        model.inputs(),
                        model.outputs());
    }

    private static String lines(List<String> values, String line) {
        return values.stream().map(line::formatted).collect(Collectors.joining());
    }

    private static String entries(Map<String, String> entries, String line) {
        return entries.entrySet().stream()
                .map(entry -> line.formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
    }
}
