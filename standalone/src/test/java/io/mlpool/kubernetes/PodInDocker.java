package io.mlpool.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A pod of the overlay {@code local}, as {@code docker run} would start it: image, command, environment, user, rights and mounts are those of the manifest.
 *
 * @param secret what every key of a Secret is
 * @param volumes the volume that stands for a claim
 */
public record PodInDocker(String kind, String name, String secret, UnaryOperator<String> volumes) {

    /** What comes after {@code docker run}; {@code more} are options beside those of the manifest. */
    public String[] arguments(List<String> more) {
        List<String> arguments =
                new ArrayList<>(List.of("--rm", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges"));
        JsonNode security = pod().path("securityContext");
        arguments.add("--user=%s:%s".formatted(security.path("runAsUser"), security.path("fsGroup")));
        container().path("env").forEach(one -> arguments.add("--env=%s=%s".formatted(name(one), value(one))));
        container().path("volumeMounts").forEach(mount -> arguments.add(option(mount)));
        arguments.addAll(more);
        List<String> command = container()
                .path("command")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        arguments.addAll(List.of(
                "--entrypoint", command.getFirst(), container().path("image").asString()));
        return Stream.concat(arguments.stream(), command.stream().skip(1)).toArray(String[]::new);
    }

    /** What a variable of its environment is, with those of the Secret put in. */
    public String variable(String variable) {
        return value(named(container().path("env"), variable)).replaceAll("\\$\\([A-Z_]*PASSWORD\\)", secret);
    }

    private String value(JsonNode variable) {
        return variable.has("valueFrom") ? secret : variable.path("value").asString();
    }

    private String option(JsonNode mount) {
        JsonNode volume = named(pod().path("volumes"), name(mount));
        String path = mount.path("mountPath").asString();
        if (volume.has("emptyDir")) {
            return "--tmpfs=" + path;
        }
        String source = volume.has("configMap")
                ? Manifests.folder().resolve("components/backup").toString()
                : volumes.apply(volume.at("/persistentVolumeClaim/claimName").asString());
        return "--volume=%s:%s%s".formatted(source, path, mount.path("readOnly").asBoolean(false) ? ":ro" : "");
    }

    private JsonNode container() {
        return pod().at("/containers/0");
    }

    private JsonNode pod() {
        return Manifests.all()
                .filter(manifests -> manifests.overlay().equals("local"))
                .findFirst()
                .flatMap(manifests -> manifests.find(kind, name))
                .map(Manifests::pod)
                .orElseThrow()
                .path("spec");
    }

    private static JsonNode named(JsonNode list, String name) {
        return list.valueStream()
                .filter(one -> name(one).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String name(JsonNode one) {
        return one.path("name").asString();
    }
}
