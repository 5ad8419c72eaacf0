package io.mlpool.serving;

import io.mlpool.mlflow.Mlflow;
import io.mlpool.registry.MlflowRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.ConstantModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What trainings and people do in MLflow itself, whatever serving can see of it. */
final class MlflowTeam {

    private final URI server;
    private final MlflowRegistry registry;
    private final Path folder;

    MlflowTeam(URI server, Path folder) {
        this.server = server;
        this.registry = new MlflowRegistry(Mlflow.at(server), folder.resolve("of-the-team"));
        this.folder = folder;
    }

    /** The next version of {@code price-1h}, as training registers it. */
    ModelVersion register() {
        String run = UUID.randomUUID().toString();
        return registry.register(ConstantModel.bundle(folder.resolve(run), run), Map.of("gate", "won"));
    }

    /** Registers the next version and makes it the champion. */
    ModelVersion promote() {
        return promote(register());
    }

    /** As by a click in MLflow's page. */
    ModelVersion promote(ModelVersion version) {
        promote(version.version());
        return version;
    }

    void promote(int version) {
        call("POST", "registered-models/alias", """
                {"name": "price-1h", "alias": "champion", "version": "%d"}""".formatted(version));
    }

    int champion() {
        return call("GET", "registered-models/alias?name=price-1h&alias=champion", "")
                .at("/model_version/version")
                .asInt();
    }

    JsonNode call(String method, String call, String body) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return JsonMapper.shared()
                    .readTree(http.send(
                                    HttpRequest.newBuilder(URI.create(server + "/api/2.0/mlflow/" + call))
                                            .version(HttpClient.Version.HTTP_1_1)
                                            .header("Content-Type", "application/json")
                                            .method(method, BodyPublishers.ofString(body))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
