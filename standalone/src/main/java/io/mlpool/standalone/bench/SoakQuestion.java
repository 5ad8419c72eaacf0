package io.mlpool.standalone.bench;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A question that is asked again and again, and what of its answer depends on nothing but the model version.
 *
 * @param name for the printout
 * @param version where the answer says which version made it, a JSON pointer
 * @param numbers where its numbers are, a JSON pointer
 */
record SoakQuestion(String name, HttpRequest request, String version, String numbers) {

    /** What an answer says: a version and its numbers. */
    record Said(int version, List<Double> numbers) {

        Said {
            numbers = List.copyOf(numbers);
        }
    }

    Said read(JsonNode answer) {
        List<Double> found = new ArrayList<>();
        collect(answer.at(numbers), found);
        if (found.isEmpty()) {
            throw new IllegalStateException("%s was answered without numbers: %s".formatted(name, answer));
        }
        return new Said(answer.at(version).asInt(), found);
    }

    private static void collect(JsonNode node, List<Double> numbers) {
        if (node.isNumber()) {
            numbers.add(node.asDouble());
        }
        node.forEach(child -> collect(child, numbers));
    }
}
