package io.mlpool.standalone;

import io.mlpool.registry.Alias;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** What a start shows at its end: an answer of the champion, or why there is none. */
final class FirstForecast {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final PoolClient client;
    private final String servingUrl;
    private final String model;

    FirstForecast(PoolClient client, String servingUrl, String model) {
        this.client = client;
        this.servingUrl = servingUrl;
        this.model = model;
    }

    /**
     * What came of it.
     *
     * @param answer of the champion, or of what answers in its stead; empty when nothing does
     * @param trouble why the champion does not; empty when it does
     */
    record Outcome(Optional<JsonNode> answer, Optional<String> trouble) {}

    /** Serving takes a promoted model up within a second or two; what the one before it would answer is no first impression. */
    Outcome await(Map<String, Object> request) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<String> refusal = Optional.empty();
        while (System.nanoTime() < deadline) {
            JsonNode known = client.get(servingUrl + "/models/" + model);
            Optional<String> rejected = rejection(known);
            if (rejected.isPresent()) {
                return new Outcome(ask(request).answer(), rejected);
            }
            Outcome asked = ask(request);
            if (asked.answer().filter(answer -> isOf(champion(known), answer)).isPresent()) {
                return asked;
            }
            refusal = asked.trouble();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return new Outcome(
                Optional.empty(),
                Optional.of(refusal.orElse("version %s has not gone live in two minutes; the log says more"
                        .formatted(champion(client.get(servingUrl + "/models/" + model))
                                .map(String::valueOf)
                                .orElse("(none)")))));
    }

    /** The version that the alias points to, as serving sees it in whatever registry it follows. */
    static Optional<Integer> champion(JsonNode known) {
        return known.path("aliases").optional(Alias.CHAMPION.label()).map(JsonNode::asInt);
    }

    /** No model yet is for a moment; other refusals stay. */
    private Outcome ask(Map<String, Object> request) {
        try {
            return new Outcome(Optional.of(client.post(servingUrl + "/predict", request)), Optional.empty());
        } catch (PoolClient.Refusal refusal) {
            if (refusal.status() != 503) {
                throw refusal;
            }
            return new Outcome(Optional.empty(), Optional.of(String.valueOf(refusal.getMessage())));
        }
    }

    private Optional<String> rejection(JsonNode known) {
        return known.path("rejected")
                .valueStream()
                .filter(one -> one.path("alias").asString().equals(Alias.CHAMPION.label()))
                .map(one ->
                        "version %d of %s was rejected: %s. Bring its files back, or promote another of the versions in GET %s/models/%s (POST .../aliases/champion)"
                                .formatted(
                                        one.path("version").asInt(),
                                        model,
                                        one.path("reason").asString(),
                                        servingUrl,
                                        model))
                .findFirst();
    }

    private static boolean isOf(Optional<Integer> champion, JsonNode answer) {
        return champion.filter(version ->
                        version == answer.path("model").path("version").asInt())
                .isPresent();
    }
}
