package io.mlpool.kubernetes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A pod as policies see it.
 *
 * @param namespace labels of its namespace
 * @param ports on which it listens; empty where that is not ours to know
 * @param ours whether it is in the pool's namespace, whose policies hold for it
 */
record Peer(String name, Map<String, String> labels, Map<String, String> namespace, Set<String> ports, boolean ours) {

    private static final Map<String, String> OWN_NAMESPACE = Map.of("kubernetes.io/metadata.name", "ml");

    static Stream<Peer> ofPool(Manifests manifests) {
        return Stream.concat(
                manifests.workloads().map(Peer::ofWorkload),
                manifests
                        .ofKind("Cluster")
                        .map(Manifests::name)
                        .map(name -> new Peer(
                                name, Map.of("cnpg.io/cluster", name), OWN_NAMESPACE, Set.of("5432", "8000"), true)));
    }

    /** Who may come from other namespaces, and who may not. */
    static Stream<Peer> outside() {
        return Stream.of(
                outside("client", Map.of("mlpool.io/client", "true"), Map.of()),
                outside("client's namespace", Map.of(), Map.of("mlpool.io/client", "true")),
                outside("model maker", Map.of("mlpool.io/mlflow", "true"), Map.of()),
                outside("model makers' namespace", Map.of(), Map.of("mlpool.io/mlflow", "true")),
                outside("operator of databases", Map.of(), Map.of("kubernetes.io/metadata.name", "cnpg-system")),
                outside("cluster's own", Map.of(), Map.of("kubernetes.io/metadata.name", "kube-system")),
                outside("stranger who calls himself serving", Map.of("app.kubernetes.io/name", "serving"), Map.of()));
    }

    private static Peer outside(String name, Map<String, String> labels, Map<String, String> namespace) {
        return new Peer(name, labels, namespace, Set.of(), false);
    }

    private static Peer ofWorkload(JsonNode workload) {
        Set<String> ports = Manifests.containers(workload)
                .flatMap(container -> container.path("ports").valueStream())
                .map(port -> port.path("containerPort").asString())
                .collect(Collectors.toSet());
        return new Peer(
                Manifests.name(workload),
                texts(Manifests.pod(workload).at("/metadata/labels")),
                OWN_NAMESPACE,
                ports,
                true);
    }

    /** Whether a policy of the pool's namespace is about this pod. */
    boolean isSubject(JsonNode policy) {
        return ours && matches(policy.at("/spec/podSelector"), labels);
    }

    /** Whether one entry of {@code from} or {@code to} means this pod; blocks of addresses mean none. */
    boolean isMeant(JsonNode peer) {
        if (peer.has("ipBlock")) {
            return false;
        }
        boolean there = peer.has("namespaceSelector") ? matches(peer.path("namespaceSelector"), namespace) : ours;
        return there && (!peer.has("podSelector") || matches(peer.path("podSelector"), labels));
    }

    private static boolean matches(JsonNode selector, Map<String, String> labels) {
        return texts(selector.path("matchLabels")).entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                && selector.path("matchExpressions").valueStream().allMatch(one -> matchesExpression(one, labels));
    }

    private static boolean matchesExpression(JsonNode expression, Map<String, String> labels) {
        if (!expression.path("operator").asString().equals("In")) {
            throw new IllegalArgumentException("only In is understood, found " + expression);
        }
        return Optional.ofNullable(labels.get(expression.path("key").asString()))
                .filter(label -> expression.path("values").valueStream().anyMatch(value -> value.asString()
                        .equals(label)))
                .isPresent();
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.forEachEntry((key, value) -> texts.put(key, value.asString()));
        return texts;
    }
}
