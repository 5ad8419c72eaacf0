package io.mlpool.mlflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A connection to an MLflow 3 server. What can be repeated without harm is repeated a few times; nothing else is. Every call ends
 * within its time limit, with an answer or an {@link MlflowException} that says what to do.
 */
public final class Mlflow {

    private static final String API = "/api/2.0/mlflow/";
    private static final String FILES = "/api/2.0/mlflow-artifacts/artifacts";
    private static final int OLDEST_MAJOR = 3;

    /** More is no answer of MLflow's, and must not fill the memory. */
    private static final BodyHandler<String> TEXT = BodyHandlers.limiting(BodyHandlers.ofString(), 32 << 20);

    private final Exchange exchange;
    private final Duration timeout;
    private final Duration transferTimeout;
    private final List<Duration> retryPauses;
    private volatile boolean suitable;

    /**
     * @param properties must name a server
     * @param trusted certificates to trust instead of Java's own
     */
    public Mlflow(MlflowProperties properties, Optional<SSLContext> trusted) {
        this.exchange = new Exchange(properties.server().orElseThrow(), properties, trusted);
        this.timeout = properties.timeout();
        this.transferTimeout = properties.transferTimeout();
        this.retryPauses = properties.retryPauses();
    }

    /** A server without authentication, with the usual time limits. */
    public static Mlflow at(URI server) {
        return new Mlflow(MlflowProperties.of(server), Optional.empty());
    }

    public URI server() {
        return exchange.server();
    }

    /**
     * A page for people, in the half of MLflow that is for trained models: without being told so it shows the one for language models.
     *
     * @param path after the {@code #}: {@code experiments/1/runs/...}
     */
    public URI page(String path) {
        return page(server(), path);
    }

    /** The same of a server that is only named. */
    public static URI page(URI server, String path) {
        return URI.create("%s/#/%s?workflowType=machine_learning".formatted(server, path));
    }

    public Experiments experiments() {
        return new Experiments(this);
    }

    public Runs runs() {
        return new Runs(this);
    }

    public RegisteredModels registeredModels() {
        return new RegisteredModels(this);
    }

    public Artifacts artifacts() {
        return new Artifacts(this);
    }

    /**
     * Sees that an MLflow server answers that is new enough.
     *
     * @return its version
     */
    public String requireSuitable() {
        HttpResponse<String> answer = exchange.send(exchange.request("/version").build(), TEXT, timeout);
        String version = answer.body().strip();
        if (answer.statusCode() != 200) {
            throw Refusal.of(server(), answer, answer.body());
        }
        if (!version.matches("\\d{1,6}\\.\\d+.{0,30}")) {
            throw Refusal.notMlflow(server(), "tells no version");
        }
        if (Integer.parseInt(version.substring(0, version.indexOf('.'))) < OLDEST_MAJOR) {
            throw new MlflowException(
                    MlflowException.Trouble.UNSUITABLE,
                    "MLflow at %s is version %s, ML Pool needs %d.0 or later: upgrade the server, or unset EXPERIMENT_TRACKING_URI"
                            .formatted(server(), version, OLDEST_MAJOR));
        }
        suitable = true;
        return version;
    }

    /** Asks; repeated when the answer does not come. */
    <T> T get(String call, Map<String, String> parameters, Class<T> type) {
        return repeatedly(
                () -> json(exchange.request(API + call + query(parameters)).GET(), type));
    }

    /** Tells something that may be told twice. */
    <T> T repeatable(String method, String call, Object body, Class<T> type) {
        return repeatedly(() -> json(withBody(method, call, body), type));
    }

    /** Tells something once: whether it arrived is not known when this throws. */
    <T> T once(String method, String call, Object body, Class<T> type) {
        return checked(() -> json(withBody(method, call, body), type));
    }

    /** Writes a file over the artifact proxy, or over what stands there. */
    void upload(String path, Path file) {
        repeatedly(() -> {
            HttpRequest.Builder request =
                    exchange.request(FILES + path).header("Content-Type", "application/octet-stream");
            return text(request.PUT(fileBody(file)).build(), TEXT, transferTimeout);
        });
    }

    /** Reads a file over the artifact proxy. When this throws, what is in the file is of no use. */
    void download(String path, Path file) {
        repeatedly(() -> text(exchange.request(FILES + path).build(), into(file), transferTimeout));
    }

    /** Lists a folder over the artifact proxy. */
    <T> T list(String folder, Class<T> type) {
        return repeatedly(() -> json(exchange.request(FILES + query(Map.of("path", folder))), type));
    }

    private <T> T repeatedly(Supplier<T> call) {
        for (Duration pause : retryPauses) {
            try {
                return checked(call);
            } catch (MlflowException e) {
                if (!e.isPassing()) {
                    throw e;
                }
                rest(pause);
            }
        }
        return checked(call);
    }

    private <T> T checked(Supplier<T> call) {
        if (!suitable) {
            requireSuitable();
        }
        return call.get();
    }

    private HttpRequest.Builder withBody(String method, String call, Object body) {
        return exchange.request(API + call)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(MlflowJson.MAPPER.writeValueAsBytes(body)));
    }

    private <T> T json(HttpRequest.Builder request, Class<T> type) {
        String body = text(request.build(), TEXT, timeout);
        return Optional.ofNullable(read(body, type))
                .orElseThrow(() -> Refusal.notMlflow(server(), "answered what is not MLflow's JSON"));
    }

    private static <T> @Nullable T read(String body, Class<T> type) {
        try {
            return MlflowJson.MAPPER.readValue(body, type);
        } catch (JacksonException notOurs) {
            return null;
        }
    }

    private String text(HttpRequest request, BodyHandler<String> handler, Duration limit) {
        HttpResponse<String> answer = exchange.send(request, handler, limit);
        if (answer.statusCode() != 200) {
            throw Refusal.of(server(), answer, answer.body());
        }
        return answer.body();
    }

    private static HttpRequest.BodyPublisher fileBody(Path file) {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException("cannot read %s to upload it".formatted(file), e);
        }
    }

    /** What is asked for goes into the file, over what a broken try left there; why it is not given becomes the text. */
    private static BodyHandler<String> into(Path file) {
        return answer -> answer.statusCode() == 200
                ? BodySubscribers.mapping(
                        BodySubscribers.ofFile(
                                file,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.TRUNCATE_EXISTING),
                        Path::toString)
                : TEXT.apply(answer);
    }

    private static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while waiting for MLflow");
        }
    }

    /** An answer whose content is of no interest. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Done() {}
}
