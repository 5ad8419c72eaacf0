package io.mlpool.training;

import io.mlpool.market.Interval;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.naive.NaiveTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a free port, with a trainer that takes no time. Several on one database and folder are replicas. */
public final class TrainingServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    private TrainingServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts it; {@code properties} are written {@code name=value}. */
    public static TrainingServer start(TestDatabase database, Path storage, Trainer trainer, String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "spring.config.name=training-service",
                "server.port=0",
                "spring.datasource.url=" + database.url(),
                "spring.datasource.username=postgres",
                "spring.datasource.password=",
                "mlpool.model.storage=" + storage,
                "mlpool.training.steps=4",
                "mlpool.training.horizons.1h=1h,4h",
                "mlpool.training.gate.fewest-times=50",
                "mlpool.training.gate.fewest-independent=5",
                "mlpool.training.registry-wait=200ms",
                "mlpool.training.triggers.intervals=",
                "mlpool.tracking.catch-up=200ms",
                "mlpool.tracking.quiet=200ms",
                "mlpool.tracking.retry-pauses=1ms",
                "db-scheduler.polling-interval=50ms",
                "spring.main.banner-mode=off"));
        all.addAll(List.of(properties));
        return new TrainingServer(new SpringApplicationBuilder(TrainingService.class)
                .initializers(application -> fake((GenericApplicationContext) application, trainer))
                .run(all.stream().map(property -> "--" + property).toArray(String[]::new)));
    }

    /** A market of one asset with enough hours to learn from. */
    public static TestDatabase market() {
        TestDatabase database = TestDatabase.create();
        new TestCandles(database.dataSource())
                .load("bitcoin", Interval.ONE_HOUR, TestCandles.START, TestCandles.walk(800, 0, 1));
        return database;
    }

    private static void fake(GenericApplicationContext application, Trainer trainer) {
        application.registerBean(
                "trainersThatTakeNoTime",
                Trainers.class,
                () -> new Trainers(List.of(new NaiveTrainer(), trainer)),
                definition -> definition.setPrimary(true));
    }

    public ApplicationContext context() {
        return context;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Starts a run of the hourly model. */
    public void train(String id) {
        post("/runs", "{\"id\": \"%s\", \"interval\": \"1h\"}".formatted(id));
    }

    /** A run as {@code GET /runs/{id}} shows it. */
    public JsonNode run(String id) {
        return get("/runs/" + id);
    }

    /** What the service answers; anything but success fails the test. */
    public JsonNode get(String path) {
        return read(answer(request(path)));
    }

    /** The same for a body. */
    public JsonNode post(String path, String body) {
        return read(answer(path, body));
    }

    /** Whatever the service answers to who accepts such a content. */
    public HttpResponse<String> fetch(String path, String accept) {
        return answer(request(path).header("Accept", accept));
    }

    /** Lines of events as they come. */
    public Stream<String> lines(String path) {
        return answer(request(path).header("Accept", "text/event-stream"), BodyHandlers.ofLines())
                .body();
    }

    /** Whatever the service answers to a body. */
    public HttpResponse<String> answer(String path, String body) {
        return answer(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static JsonNode read(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw new AssertionError("%d: %s".formatted(answer.statusCode(), answer.body()));
        }
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> answer(HttpRequest.Builder request) {
        return answer(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> answer(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }
}
