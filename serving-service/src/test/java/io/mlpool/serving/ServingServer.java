package io.mlpool.serving;

import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
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
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service on a free port, with a database of its own and a clock that is set. Its registry is a folder of its own, or
 * the MLflow that the property {@code mlpool.tracking.uri} names.
 */
public final class ServingServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final ModelRegistry registry;
    private final Path folder;
    private int bundles;

    private ServingServer(ConfigurableApplicationContext context, Path folder) {
        this.context = context;
        this.registry = context.getBean(ModelRegistry.class);
        this.folder = folder;
    }

    /** Starts it; {@code properties} are written {@code name=value}. */
    public static ServingServer start(TestDatabase database, Path folder, SettableClock clock, String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "spring.config.name=serving-service",
                "server.port=0",
                "spring.datasource.url=" + database.url(),
                "spring.datasource.username=postgres",
                "spring.datasource.password=",
                "spring.datasource.hikari.data-source-properties.options=-c TimeZone=Asia/Kathmandu",
                "mlpool.model.storage=" + folder,
                "mlpool.live.poll-interval=50ms",
                "mlpool.book.poll-interval=100ms",
                "spring.main.banner-mode=off"));
        List.of(properties).forEach(property -> {
            String name = property.substring(0, property.indexOf('=') + 1);
            all.removeIf(known -> known.startsWith(name));
            all.add(property);
        });
        ConfigurableApplicationContext context = new SpringApplicationBuilder(ServingService.class)
                .initializers(application -> application.getBeanFactory().registerSingleton("settableClock", clock))
                .run(all.stream().map(property -> "--" + property).toArray(String[]::new));
        return new ServingServer(context, folder);
    }

    public ModelRegistry registry() {
        return registry;
    }

    /** Registers the next version of the constant model. */
    public ModelVersion register() {
        int number = ++bundles;
        return registry.register(ConstantModel.bundle(folder.resolve("bundle" + number), "run-" + number), Map.of());
    }

    /** The same of a version that knows what it is watched against. */
    ModelVersion promoteWatched() {
        int number = ++bundles;
        ModelVersion version =
                registry.register(ConstantModel.watched(folder.resolve("bundle" + number), "run-" + number), Map.of());
        registry.assign(version.model(), Alias.CHAMPION, version.version());
        return version;
    }

    /** Registers the next version and makes it the champion. */
    public ModelVersion promote() {
        ModelVersion version = register();
        registry.assign(version.model(), Alias.CHAMPION, version.version());
        return version;
    }

    /** Takes all models out, as if none had ever been registered but for the numbers that are used up. */
    public void takeAllOut() {
        registry.models().forEach(model -> {
            registry.unassign(model, Alias.CHAMPION);
            registry.unassign(model, Alias.CHALLENGER);
        });
        post("/models/reload", "");
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    public HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    public JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    public URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:%s%s".formatted(context.getEnvironment().getProperty("local.server.port"), path));
    }

    public ApplicationContext context() {
        return context;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    /** For answers that are no text. */
    public HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofByteArray());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }
}
