package io.mlpool.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;

/** Lets a test find a shared MLflow server without what earlier tests left of a model. */
public final class Forgetting {

    private Forgetting() {}

    /** Deletes the registered model and puts the experiment of its name out of the way. */
    public static void model(URI server, String model) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            send(http, server, "DELETE", "registered-models/delete", "{\"name\": \"%s\"}".formatted(model));
            String experiment = send(http, server, "GET", "experiments/get-by-name?experiment_name=" + model, "");
            if (experiment.contains("\"experiment_id\"")) {
                String id = experiment.replaceAll("(?s).*\"experiment_id\": \"(\\d+)\".*", "$1");
                send(http, server, "POST", "experiments/update", """
                        {"experiment_id": "%s", "new_name": "%s-%s"}""".formatted(id, model, UUID.randomUUID()));
            }
        } catch (IOException e) {
            throw new AssertionError("cannot make MLflow forget " + model, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String send(HttpClient http, URI server, String method, String call, String body)
            throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(server + "/api/2.0/mlflow/" + call))
                                .header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
