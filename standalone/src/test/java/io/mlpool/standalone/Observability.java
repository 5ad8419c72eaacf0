package io.mlpool.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules and dashboards of the repository. */
final class Observability {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path RULES = ROOT.resolve("k8s/base/observability/rules");
    static final Path DASHBOARDS = ROOT.resolve("k8s/base/observability/dashboards");
    static final Path RUNBOOKS = ROOT.resolve("docs/runbooks");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Observability() {}

    static List<PromQuery> panels() {
        return files(DASHBOARDS, ".json").stream()
                .flatMap(file -> panels(file, JSON.readTree(text(file))))
                .toList();
    }

    /** Recording rules and alerts. */
    static List<JsonNode> rules() {
        return files(RULES, ".yaml").stream()
                .flatMap(file -> yaml(file).path("groups").valueStream())
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }

    static List<JsonNode> alerts() {
        return rules().stream().filter(rule -> rule.has("alert")).toList();
    }

    static List<PromQuery> ruleQueries() {
        return rules().stream()
                .map(rule -> new PromQuery(
                        rule.path("record").asString("") + rule.path("alert").asString(""),
                        rule.path("expr").asString()))
                .toList();
    }

    static JsonNode yaml(Path file) {
        return JSON.valueToTree(new Yaml().load(text(file)));
    }

    static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<PromQuery> panels(Path file, JsonNode dashboard) {
        return dashboard.path("panels").valueStream().flatMap(panel -> panel.path("targets")
                .valueStream()
                .map(target -> new PromQuery(
                        file.getFileName() + ": " + panel.path("title").asString(),
                        target.path("expr").asString())));
    }
}
