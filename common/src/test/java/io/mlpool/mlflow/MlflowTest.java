package io.mlpool.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mlpool.mlflow.MlflowException.Trouble;
import io.mlpool.mlflow.ScriptedServer.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;
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

    @Test
    void halfAFileIsNoFile(@TempDir Path folder) {
        server.then(new Answer(200, "half", Map.of(), 8)).then(Answer.text(200, "the whole"));
        Path file = folder.resolve("model.onnx");

        mlflow.artifacts().download(URI.create("mlflow-artifacts:/1/2/artifacts/model"), "model.onnx", file);

        assertThat(file).hasContent("the whole");
    }

    @Test
    void whatATryBeforeLeftIsNoPartOfTheNext(@TempDir Path folder) {
        server.then(new Answer(200, "half of what is no text", Map.of(), 100))
                .then(Answer.text(500, "Internal Server Error"));
        Mlflow once = new Mlflow(patience(List.of(Duration.ofMillis(1))), Optional.empty());

        assertThat(refused(() -> once.artifacts()
                        .download(URI.create("mlflow-artifacts:/1/2/artifacts/model"), "a", folder.resolve("a"))))
                .hasMessageContaining("failed (500): Internal Server Error; look");
    }

    @Test
    void aFolderThatCannotTakeAFileIsNoTroubleOfMlflow(@TempDir Path folder) {
        server.then(Answer.text(200, "content"));

        assertThatThrownBy(() -> mlflow.artifacts()
                        .download(
                                URI.create("mlflow-artifacts:/1/2/artifacts/model"),
                                "a",
                                folder.resolve("missing").resolve("a")))
                .isNotInstanceOf(MlflowException.class)
                .hasMessageContaining("missing");
        assertThat(server.requests()).as("no repetition helps").hasSizeLessThan(2);
    }

    @Test
    void whatABrokenTryLeftIsNotPartOfTheFile(@TempDir Path folder) {
        server.then(new Answer(200, "a login page of a proxy", Map.of(), 99)).then(Answer.text(200, "the whole"));
        Path file = folder.resolve("model.onnx");

        mlflow.artifacts().download(URI.create("mlflow-artifacts:/1/2/artifacts/model"), "model.onnx", file);

        assertThat(file).hasContent("the whole");
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
    void filesThatAreKeptWhereOnlyOthersReachThemAreRefusedWhenTheyAreNeeded(@TempDir Path folder) {
        server.then(Answer.json(200, """
                {"model_versions": [{"name": "price-1h", "version": "1", "creation_timestamp": 1,
                 "source": "C:\\\\ml runs\\\\1"}]}"""));

        RegisteredModels.Version version =
                mlflow.registeredModels().versions("price-1h").getFirst();

        assertThat(refused(() -> mlflow.artifacts().download(version.source(), "MLmodel", folder.resolve("MLmodel"))))
                .hasMessageContaining("ml+runs")
                .hasMessageContaining("--serve-artifacts");
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
    void aFileThatIsNotThereLeavesNoFile(@TempDir Path folder) {
        server.then(Answer.json(404, """
                {"error_code":"RESOURCE_DOES_NOT_EXIST","message":"No such artifact: '1/2/artifacts/model/Nix'"}"""));
        Path file = folder.resolve("model.onnx");

        assertThat(refused(() ->
                        mlflow.artifacts().download(URI.create("mlflow-artifacts:/1/2/artifacts/model"), "Nix", file)))
                .hasMessageContaining("No such artifact");
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void namesOfFilesAreEncoded(@TempDir Path folder) throws IOException {
        server.then(Answer.json(200, "{}"));
        Path file = Files.writeString(folder.resolve("a"), "b");

        mlflow.artifacts().upload(URI.create("mlflow-artifacts:/1/2/artifacts"), "report/fan chart.svg", file);

        assertThat(server.requests())
                .containsExactly("PUT /api/2.0/mlflow-artifacts/artifacts/1/2/artifacts/report/fan chart.svg");
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

    /** Recorded with the database, and then with the artifacts, on a full file system. */
    @Test
    void aFullDiskIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "b");
        server.then(Answer.json(503, """
                        {"error_code": "TEMPORARILY_UNAVAILABLE", "message": "(sqlite3.OperationalError) database or disk is full\\n[SQL: INSERT INTO experiments"}""")).then(Answer.text(500, "Internal Server Error"));

        assertThat(refused(() -> mlflow.registeredModels().create("price-1h", URI.create("a:/b"), "2", "", Map.of())))
                .hasMessageContaining("its disk is full: make room where it keeps its database and artifacts");
        assertThat(refused(() -> mlflow.artifacts().upload(URI.create("mlflow-artifacts:/1/2/artifacts"), "a", file)))
                .hasMessageContaining("a full or unwritable disk for artifacts looks like this too");
    }

    @Test
    void artifactsThatDoNotGoThroughTheServerAreRefused(@TempDir Path folder) {
        assertThat(refused(() ->
                        mlflow.artifacts().upload(URI.create("s3://bucket/1/2/artifacts"), "a", folder.resolve("a"))))
                .hasMessageContaining("keeps artifacts at s3://bucket/1/2/artifacts")
                .hasMessageContaining("--serve-artifacts");
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
