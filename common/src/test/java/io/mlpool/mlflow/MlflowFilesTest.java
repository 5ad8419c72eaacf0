package io.mlpool.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mlpool.mlflow.ScriptedServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How files come from a server, whole or not at all. */
@Timeout(30)
class MlflowFilesTest {

    private final ScriptedServer server = new ScriptedServer();
    private final Mlflow mlflow = Mlflow.at(server.uri());

    @AfterEach
    void close() {
        server.close();
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

    private static MlflowException refused(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(MlflowException.class, call));
    }
}
