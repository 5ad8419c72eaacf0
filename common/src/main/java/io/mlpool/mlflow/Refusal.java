package io.mlpool.mlflow;

import io.mlpool.mlflow.MlflowException.Trouble;
import java.net.URI;
import java.net.http.HttpResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What an answer that is no success means, in words that say what to do. */
final class Refusal {

    private static final int LONGEST = 500;

    private Refusal() {}

    static MlflowException of(URI server, HttpResponse<?> answer, String body) {
        int status = answer.statusCode();
        if (status == 401) {
            return new MlflowException(
                    Trouble.DENIED,
                    ("MLflow at %s does not know who asks (401): set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD,"
                                    + " or MLFLOW_TRACKING_TOKEN, to what it accepts")
                            .formatted(server));
        }
        if (status == 403 && body.contains("Invalid Host header")) {
            return new MlflowException(
                    Trouble.DENIED,
                    ("MLflow at %s refuses the name it is called by (403, host check of MLflow 3.5 and later): start it with"
                                    + " --allowed-hosts %s")
                            .formatted(server, server.getAuthority()));
        }
        if (status == 403) {
            return new MlflowException(
                    Trouble.DENIED,
                    "MLflow at %s does not allow this to the user of MLFLOW_TRACKING_USERNAME (403): %s"
                            .formatted(server, shortened(body)));
        }
        if (status >= 300 && status < 400) {
            return new MlflowException(
                    Trouble.UNSUITABLE,
                    "%s leads elsewhere (%d to %s): set EXPERIMENT_TRACKING_URI to where MLflow itself answers"
                            .formatted(
                                    server,
                                    status,
                                    answer.headers().firstValue("Location").orElse("an unnamed place")));
        }
        return explained(server, status, body);
    }

    private static MlflowException explained(URI server, int status, String body) {
        JsonNode error = json(body);
        String code = error.path("error_code").asString("");
        String message = error.path("message").asString("");
        if (status >= 500 || status == 429) {
            return failing(server, status, code, message.isEmpty() ? body : message);
        }
        if (status == 413) {
            return new MlflowException(
                    Trouble.REFUSED,
                    "a proxy before MLflow at %s takes no body of this size (413): raise its limit".formatted(server));
        }
        if (code.isEmpty()) {
            return notMlflow(server, "answered %d with %s".formatted(status, shortened(body)));
        }
        return new MlflowException(
                Trouble.REFUSED,
                code,
                "MLflow at %s refused (%d %s): %s".formatted(server, status, code, shortened(message)),
                null);
    }

    private static MlflowException failing(URI server, int status, String code, String message) {
        String advice = message.contains("No space left on device") || status == 507
                ? "its disk is full: make room where it keeps its database and artifacts"
                : "look into its log";
        return new MlflowException(
                Trouble.FAILING,
                code,
                "MLflow at %s failed (%d): %s; %s".formatted(server, status, shortened(message), advice),
                null);
    }

    static MlflowException notMlflow(URI server, String found) {
        return new MlflowException(
                Trouble.UNSUITABLE,
                "there is no MLflow tracking server at %s, it %s: check EXPERIMENT_TRACKING_URI (and its path, if the server has a --static-prefix)"
                        .formatted(server, found));
    }

    private static JsonNode json(String body) {
        try {
            return MlflowJson.MAPPER.readTree(body);
        } catch (JacksonException e) {
            return MlflowJson.MAPPER.createObjectNode();
        }
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
    }
}
