package io.mlpool.kubernetes;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Who may talk to whom inside of the namespace, as {@code from -> to:port}: what the policies of both sides allow. */
final class Flows {

    private static final String NAME = "app.kubernetes.io/name";
    private static final String CLUSTER = "cnpg.io/cluster";

    private Flows() {}

    static Set<String> between(Manifests manifests) {
        Set<String> sent = new TreeSet<>();
        Set<String> taken = new TreeSet<>();
        manifests.ofKind("NetworkPolicy").map(policy -> policy.path("spec")).forEach(policy -> {
            policy.path("egress")
                    .forEach(rule -> sent.addAll(flows(policy.path("podSelector"), rule.path("to"), rule, false)));
            policy.path("ingress")
                    .forEach(rule -> taken.addAll(flows(policy.path("podSelector"), rule.path("from"), rule, true)));
        });
        sent.retainAll(taken);
        return sent;
    }

    private static Set<String> flows(JsonNode own, JsonNode others, JsonNode rule, boolean inwards) {
        Set<String> flows = new LinkedHashSet<>();
        for (String mine : names(own)) {
            others.valueStream()
                    .filter(other -> !other.has("namespaceSelector"))
                    .flatMap(other -> names(other.path("podSelector")).stream())
                    .forEach(other -> ports(rule)
                            .forEach(port -> flows.add(
                                    "%s -> %s:%s".formatted(inwards ? other : mine, inwards ? mine : other, port))));
        }
        return flows;
    }

    private static Stream<String> ports(JsonNode rule) {
        return rule.path("ports").valueStream().map(port -> port.path("port").asString());
    }

    /** Names of the pods that a selector means; servers of CloudNativePG go by the name of their cluster. */
    private static Set<String> names(JsonNode selector) {
        Set<String> names = new LinkedHashSet<>();
        JsonNode labels = selector.path("matchLabels");
        Stream.of(NAME, CLUSTER)
                .filter(labels::has)
                .forEach(label -> names.add(labels.path(label).asString()));
        selector.path("matchExpressions")
                .valueStream()
                .filter(expression -> expression.path("key").asString().equals(NAME))
                .flatMap(expression -> expression.path("values").valueStream())
                .forEach(name -> names.add(name.asString()));
        return names;
    }
}
