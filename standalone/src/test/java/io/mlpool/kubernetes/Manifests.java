package io.mlpool.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code kubectl apply -f} of one rendered file would make. */
record Manifests(String overlay, List<JsonNode> objects) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> WORKLOADS = List.of("Deployment", "StatefulSet", "Job", "CronJob");

    /** The folder {@code k8s} of the project. */
    static Path folder() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("k8s")) ? here.resolve("k8s") : here.resolveSibling("k8s");
    }

    /** Where tests keep theirs. */
    static Path tests() {
        return folder().resolveSibling("standalone/src/test/resources/kubernetes");
    }

    /** What overlays make, and what tests make of all that overlays leave to others. */
    static Stream<Manifests> all() {
        try (Stream<Path> files = Files.list(folder().resolve("rendered"))) {
            return Stream.concat(files.sorted(), Stream.of(tests().resolve("everything.yaml")))
                    .map(Manifests::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifests read(Path file) {
        try {
            List<JsonNode> objects = StreamSupport.stream(
                            new Yaml().loadAll(Files.readString(file)).spliterator(), false)
                    .map(JSON::<JsonNode>valueToTree)
                    .toList();
            return new Manifests(file.getFileName().toString().replace(".yaml", ""), objects);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.path("kind").asString().equals(kind));
    }

    Stream<JsonNode> workloads() {
        return objects.stream()
                .filter(object -> WORKLOADS.contains(object.path("kind").asString()));
    }

    Optional<JsonNode> find(String kind, String name) {
        return ofKind(kind).filter(object -> name(object).equals(name)).findFirst();
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asString();
    }

    /** The pod of a workload, whatever kind that is. */
    static JsonNode pod(JsonNode workload) {
        return workload.path("kind").asString().equals("CronJob")
                ? workload.at("/spec/jobTemplate/spec/template")
                : workload.at("/spec/template");
    }

    static Stream<JsonNode> containers(JsonNode workload) {
        JsonNode spec = pod(workload).path("spec");
        return Stream.concat(
                spec.path("containers").valueStream(),
                spec.path("initContainers").valueStream());
    }

    @Override
    public String toString() {
        return overlay;
    }
}
