package io.mlpool.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mlpool.mlflow.MlflowException.Trouble;
import io.mlpool.mlflow.ScriptedServer.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of answers that are no good; their bodies were recorded from MLflow 3.17.2 unless a test says otherwise. */
@Timeout(30)
class MlflowTest {

    private static final String MODEL = """
            {"registered_models": [{"name": "price-1h", "latest_versions": [{"name": "price-1h", "version": "2"}],
             "aliases": [{"alias": "champion", "version": "1"}], "workspace": "default"}]}""";

    private final ScriptedServer server = new ScriptedServer();
    private final Mlflow mlflow = Mlflow.at(server.uri());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void whatNewerServersAddIsIgnored() {
        server.then(Answer.json(200, MODEL));

        assertThat(mlflow.registeredModels().models())
                .containsExactly(new RegisteredModels.Model("price-1h", true, Map.of("champion", 1)));
    }

    @Test
    void aQuestionIsAskedAgainWhenTheServerFails() {
        server.then(Answer.text(503, "upstream connect error"))
                .then(Answer.text(500, "Internal Server Error"))
                .then(Answer.json(200, MODEL));

        assertThat(mlflow.registeredModels().models()).hasSize(1);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void aQuestionIsNotAskedForEver() {
        server.then(Answer.text(500, "Internal Server Error"));

        assertThat(refused(() -> mlflow.registeredModels().models()))
                .hasMessageContaining("failed (500): Internal Server Error; look into its log")
                .extracting(MlflowException::trouble)
                .isEqualTo(Trouble.FAILING);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void whatMayHaveArrivedIsNotSentAgain() {
        server.then(Answer.text(500, "Internal Server Error"));

        refused(() -> mlflow.registeredModels()
                .create("price-1h", URI.create("mlflow-artifacts:/1/2/artifacts/model"), "2", "", Map.of()));

        assertThat(server.requests()).containsExactly("POST /api/2.0/mlflow/model-versions/create");
    }

    @Test
    void aRefusalIsNotRepeated() {
        server.then(Answer.json(400, """
                {"error_code": "INVALID_PARAMETER_VALUE", "message": "Invalid value for parameter 'max_results'"}"""));

        assertThat(refused(() -> mlflow.registeredModels().models()))
                .hasMessageContaining(
                        "refused (400 INVALID_PARAMETER_VALUE): Invalid value for parameter 'max_results'");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anAliasThatPointsNowhereAndAModelThatIsNotThereAreNoErrors() {
        server.then(Answer.json(400, """
                        {"error_code": "INVALID_PARAMETER_VALUE", "message": "Registered model alias champion not found."}""")).then(Answer.json(404, """
                        {"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "Registered Model with name=price-1h not found"}"""));

        assertThat(mlflow.registeredModels().version("price-1h", "champion")).isEmpty();
        assertThat(mlflow.registeredModels().version("price-1h", "champion")).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsToldFromOneThatIsSlow() throws IOException {
        assertThat(refused(() -> Mlflow.at(nobody()).registeredModels().models()))
                .hasMessageContaining("cannot be connected to: does it run, and is EXPERIMENT_TRACKING_URI right?")
                .extracting(MlflowException::trouble)
                .isEqualTo(Trouble.UNREACHABLE);
        server.then(ScriptedServer.HANG);
        Mlflow impatient = new Mlflow(impatience(), Optional.empty());

        assertThat(refused(() -> impatient.experiments().id("price-1h")))
                .as("the limit holds for the body too")
                .hasMessageContaining("did not answer within");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "{\"experiment\": null}", "{\"experiment\": {}}"})
    void jsonThatIsNotMlflowsIsNoAnswer(String foreign) {
        server.then(Answer.json(200, foreign));

        assertThat(refused(() -> mlflow.experiments().id("price-1h")))
                .hasMessageContaining("answered what is not MLflow's JSON")
                .extracting(MlflowException::trouble)
                .isEqualTo(Trouble.UNSUITABLE);
    }

    @Test
    void anAnswerThatDoesNotEndDoesNotFillTheMemory() {
        server.then(Answer.json(200, " ".repeat(33 << 20)));

        assertThat(refused(() -> mlflow.experiments().id("price-1h")))
                .hasMessageContaining("broke off")
                .extracting(MlflowException::trouble)
                .isEqualTo(Trouble.UNREACHABLE);
    }

    @Test
    void anUnknownUserIsToldWhatToSet() {
        server.then(Answer.text(401, """
                You are not authenticated. Please see https://mlflow.org/docs/latest/auth/index.html#authenticating-to-mlflow"""));

        assertThat(refused(() -> mlflow.registeredModels().models()))
                .hasMessageContaining("does not know who asks (401)")
                .hasMessageContaining("MLFLOW_TRACKING_USERNAME")
                .extracting(MlflowException::trouble)
                .isEqualTo(Trouble.DENIED);
    }

    @Test
    void theHostCheckIsToldFromMissingPermissions() {
        server.then(Answer.text(403, "Invalid Host header - possible DNS rebinding attack detected"))
                .then(Answer.text(403, "Permission denied"));

        assertThat(refused(() -> mlflow.registeredModels().models()))
                .hasMessageContaining("start it with --allowed-hosts localhost:"
                        + server.uri().getPort());
        assertThat(refused(() -> mlflow.registeredModels().models()))
                .hasMessageContaining("does not allow this to the user of MLFLOW_TRACKING_USERNAME (403)");
    }

    @Test
    void aServerThatIsTooOldIsRefusedBeforeAnythingIsAsked() {
        server.version("2.17.2").then(Answer.json(200, MODEL));

        assertThat(refused(() -> mlflow.registeredModels().models()))
                .hasMessageContaining("is version 2.17.2, ML Pool needs 3.0 or later: upgrade the server")
                .extracting(MlflowException::trouble)
                .isEqualTo(Trouble.UNSUITABLE);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whatIsNoMlflowIsToldSo() {
        server.version("<!doctype html><title>Grafana</title>").then(Answer.text(404, "nothing here"));

        assertThat(refused(() -> mlflow.registeredModels().models()))
                .hasMessageContaining("there is no MLflow tracking server at " + server.uri())
                .hasMessageContaining("check EXPERIMENT_TRACKING_URI");
    }

    @Test
    void aLoginPageIsNotFollowed() {
        server.then(new Answer(302, "", Map.of("Location", "https://login.example/"), -1));

        assertThat(refused(() -> mlflow.registeredModels().models()))
                .hasMessageContaining("leads elsewhere (302 to https://login.example/)");
    }

    @Test
    void anInterruptedThreadStopsWaiting() {
        server.then(ScriptedServer.HANG);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> mlflow.registeredModels().models()).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aRunThatIsThereIsNotBegunAgain() {
        server.then(Answer.json(200, """
                {"runs": [{"info": {"run_id": "abc", "artifact_uri": "mlflow-artifacts:/1/abc/artifacts"}}]}"""));

        Runs.Run run = mlflow.runs().findOrCreate("1", "mlpool.run_id", "run-1", Instant.EPOCH);

        assertThat(run).isEqualTo(new Runs.Run("abc", URI.create("mlflow-artifacts:/1/abc/artifacts")));
        assertThat(server.requests()).containsExactly("POST /api/2.0/mlflow/runs/search");
    }

    private MlflowProperties impatience() {
        return patience(List.of());
    }

    private MlflowProperties patience(List<Duration> pauses) {
        return new MlflowProperties(
                server.uri().toString(),
                null,
                null,
                null,
                Duration.ofSeconds(1),
                Duration.ofMillis(300),
                Duration.ofMillis(300),
                pauses,
                null);
    }

    private static URI nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return URI.create("http://localhost:" + socket.getLocalPort());
        }
    }

    private static MlflowException refused(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(MlflowException.class, call));
    }
}
