package io.mlpool.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to a pool over HTTP, as any user's program would. */
final class PoolClient {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .sslContext(Loopback.trusted())
            .build();
    private final Optional<CommandKey> key;

    /** Without a key. */
    PoolClient() {
        key = Optional.empty();
    }

    /** With this key, where there is one by the time of a request. */
    PoolClient(CommandKey key) {
        this.key = Optional.of(key);
    }

    /** Answer to a GET; throws {@link MlpoolException} with the service's own words when it refuses. */
    JsonNode get(String url) {
        return json(send(request(url).timeout(Duration.ofMinutes(1)).build()));
    }

    /** Body of a GET as it is. */
    String text(String url) {
        return accepted(send(request(url).timeout(Duration.ofMinutes(1)).build()));
    }

    /** Writes the body of a GET into a file, which is replaced when it is there; only a part of it lies in memory. */
    void download(String url, String accept, Path file) {
        HttpRequest request = request(url)
                .timeout(Duration.ofMinutes(10))
                .header("Accept", accept)
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() >= 300) {
                    String why = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                    throw new Refusal(response.statusCode(), detail(why), rules(why));
                }
                Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new MlpoolException("%s cannot be written to %s: %s".formatted(url, file, e.getMessage()), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    JsonNode post(String url, Object body) {
        return json(send(request(url)
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build()));
    }

    /** Sends a file to ingest and waits until its candles are stored; {@code parameters} as in {@code POST /uploads}. */
    JsonNode upload(String ingestUrl, Path file, Map<String, String> parameters) {
        String boundary = UUID.randomUUID().toString();
        StringBuilder head = new StringBuilder();
        parameters.forEach((name, value) -> head.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value)));
        head.append(
                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                        .formatted(boundary, file.getFileName().toString().replace("\"", "%22")));
        try {
            HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.concat(
                    HttpRequest.BodyPublishers.ofString(head.toString()),
                    HttpRequest.BodyPublishers.ofFile(file),
                    HttpRequest.BodyPublishers.ofString("\r\n--%s--\r\n".formatted(boundary)));
            return json(send(request(ingestUrl + "/uploads")
                    .timeout(Duration.ofHours(2))
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(body)
                    .build()));
        } catch (IOException e) {
            throw new MlpoolException("cannot read " + file, e);
        }
    }

    /** The stream of server-sent events; the caller closes it. */
    InputStream events(String url) {
        HttpRequest request = request(url).header("Accept", "text/event-stream").build();
        try {
            return http.send(request, BodyHandlers.ofInputStream()).body();
        } catch (IOException e) {
            throw new MlpoolException("%s does not answer: %s".formatted(url, e.getMessage()), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private HttpRequest.Builder request(String url) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        key.flatMap(CommandKey::read).ifPresent(secret -> request.header("X-API-Key", secret));
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new MlpoolException(
                    "%s does not answer; is the pool running? Start it with ./mlpool run".formatted(request.uri()), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private JsonNode json(HttpResponse<byte[]> response) {
        return JSON.readTree(accepted(response));
    }

    private String accepted(HttpResponse<byte[]> response) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        if (response.statusCode() == 401) {
            key.filter(own -> own.read().isEmpty()).ifPresent(PoolClient::sayThatItIsMissing);
        }
        if (response.statusCode() >= 300) {
            throw new Refusal(response.statusCode(), detail(body), rules(body));
        }
        return body;
    }

    private static void sayThatItIsMissing(CommandKey key) {
        throw new MlpoolException(
                "the pool asks for a key, and %s, where it writes one for this command, is not there; start the pool again to have it written"
                        .formatted(key.file()));
    }

    private static String detail(String body) {
        try {
            JsonNode detail = JSON.readTree(body).path("detail");
            return detail.isString() ? detail.stringValue() : detail.isArray() ? messages(detail) : body;
        } catch (tools.jackson.core.JacksonException e) {
            return body;
        }
    }

    /** Without the fields and what was found there: who sent a single file knows them. */
    private static String rules(String body) {
        try {
            JsonNode detail = JSON.readTree(body).path("detail");
            return detail.isArray()
                    ? detail.valueStream()
                            .map(one -> one.path("msg").asString())
                            .collect(Collectors.joining("; "))
                    : detail(body);
        } catch (tools.jackson.core.JacksonException e) {
            return body;
        }
    }

    private static String messages(JsonNode details) {
        return details.valueStream().map(PoolClient::message).collect(Collectors.joining("; "));
    }

    /** A rule alone does not help who does not know which of the fields broke it. */
    private static String message(JsonNode detail) {
        String where =
                detail.path("loc").valueStream().skip(1).map(JsonNode::asString).collect(Collectors.joining("."));
        String input = detail.path("input").isNull() ? "" : ", found " + detail.path("input");
        return (where.isEmpty() ? "" : where + ": ") + detail.path("msg").asString() + input;
    }

    private static MlpoolException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new MlpoolException("interrupted", e);
    }

    /** A service's no. */
    static final class Refusal extends RuntimeException {

        private final int status;
        private final String rules;

        Refusal(int status, String detail, String rules) {
            super(detail);
            this.status = status;
            this.rules = rules;
        }

        /** What was refused, without saying where. */
        String rules() {
            return rules;
        }

        int status() {
            return status;
        }
    }
}
