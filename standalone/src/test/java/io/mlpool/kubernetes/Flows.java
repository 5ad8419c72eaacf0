package io.mlpool.kubernetes;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Who may talk to whom, as {@code from -> to:port}: what the policies of both sides allow. */
final class Flows {

    private final List<JsonNode> policies;
    private final List<Peer> ours;

    Flows(Manifests manifests) {
        policies = manifests.ofKind("NetworkPolicy").toList();
        ours = Peer.ofPool(manifests).toList();
    }

    /** Between pods of the pool, on ports where the other listens. */
    Set<String> inside() {
        return between(ours, ours);
    }

    /** Into the pool. */
    Set<String> fromOutside() {
        return between(Peer.outside().toList(), ours);
    }

    /** Out of the pool, to pods of other namespaces. */
    Set<String> toOutside() {
        return between(ours, Peer.outside().toList());
    }

    private Set<String> between(List<Peer> senders, List<Peer> receivers) {
        Set<String> flows = new TreeSet<>();
        for (Peer sender : senders) {
            for (Peer receiver : receivers) {
                ports(sender, receiver)
                        .forEach(port -> flows.add(sender.name() + " -> " + receiver.name() + ":" + port));
            }
        }
        return flows;
    }

    /** Where the policies of the one let it send and those of the other let it in; others' policies are not ours to know. */
    private Set<String> ports(Peer sender, Peer receiver) {
        Set<String> ports = new TreeSet<>(
                receiver.ours()
                        ? allowed(receiver, sender, "ingress", "from")
                        : allowed(sender, receiver, "egress", "to"));
        if (sender.ours() && receiver.ours()) {
            ports.retainAll(allowed(sender, receiver, "egress", "to"));
        }
        if (receiver.ours()) {
            ports.retainAll(receiver.ports());
        }
        return ports;
    }

    private Set<String> allowed(Peer subject, Peer other, String direction, String side) {
        Set<String> ports = new TreeSet<>();
        policies.stream()
                .filter(subject::isSubject)
                .flatMap(policy -> policy.path("spec").path(direction).valueStream())
                .filter(rule -> !rule.has(side) || rule.path(side).valueStream().anyMatch(other::isMeant))
                .flatMap(Flows::ports)
                .forEach(ports::add);
        return ports;
    }

    private static Stream<String> ports(JsonNode rule) {
        return rule.path("ports").valueStream().map(port -> port.path("port").asString());
    }
}
