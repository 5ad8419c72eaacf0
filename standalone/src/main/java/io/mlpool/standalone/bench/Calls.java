package io.mlpool.standalone.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests whose status counts as much as their answer. */
final class Calls {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static String json(Map<String, ?> body) {
        return JSON.writeValueAsString(body);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    JsonNode get(String url) {
        return answer(HttpRequest.newBuilder(URI.create(url)).build());
    }

    JsonNode post(String url, Map<String, ?> body) {
        return answer(request(url, json(body)));
    }

    static HttpRequest request(String url, String json) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
    }

    /** Asks again and again until the answer is the one that is waited for; who is asked may still have to start. */
    JsonNode await(HttpRequest request, Duration limit, Predicate<JsonNode> wanted) {
        Stopwatch watch = Stopwatch.start();
        String last = "";
        while (watch.seconds() <= limit.toSeconds()) {
            try {
                HttpResponse<String> response = send(request);
                last = response.body();
                if (response.statusCode() == 200 && wanted.test(JSON.readTree(last))) {
                    return JSON.readTree(last);
                }
            } catch (ConnectException e) {
                last = "it cannot be connected to";
            } catch (IOException e) {
                throw new UncheckedIOException(request.uri() + " does not answer", e);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new IllegalStateException("%s did not come to the awaited answer within %d s, the last is: %s"
                .formatted(request.uri(), limit.toSeconds(), last));
    }

    private JsonNode answer(HttpRequest request) {
        HttpResponse<String> response = response(request);
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    "%s answers %d: %s".formatted(request.uri(), response.statusCode(), response.body()));
        }
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> response(HttpRequest request) {
        try {
            return send(request);
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri() + " does not answer", e);
        }
    }
}
