package io.mlpool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code k8s/create-secrets.sh}, against something that keeps Secrets as kubectl does. */
class SecretsScriptTest {

    private static final String KEY = "mlp_[0-9a-f]{12}_[0-9a-f]{64}";

    @TempDir
    private Path store;

    @Test
    void everySecretIsDrawnOnceAndThePasswordsAreTheSameWhereverTheyAreWanted() throws Exception {
        createSecrets();

        Map<String, String> mlpool = secret("mlpool");
        assertThat(mlpool)
                .containsOnlyKeys(
                        "postgres-password", "mlflow-password", "admin-key", "prometheus-key", "scheduler-key");
        assertThat(mlpool.get("admin-key")).matches(KEY).isNotEqualTo(mlpool.get("prometheus-key"));
        assertThat(secret("mlpool-postgres"))
                .containsEntry("username", "mlpool")
                .containsEntry("password", mlpool.get("postgres-password"));
        assertThat(secret("mlpool-mlflow"))
                .containsEntry("username", "mlflow")
                .containsEntry("password", mlpool.get("mlflow-password"));
    }

    @Test
    void secondTimeChangesNothing() throws Exception {
        createSecrets();
        Map<String, String> before = secret("mlpool");

        assertThat(createSecrets()).contains("secret/mlpool is there and stays as it is");

        assertThat(secret("mlpool")).isEqualTo(before);
    }

    @Test
    void olderSecretGetsWhatItLacksAndKeepsWhatItHas() throws Exception {
        createSecrets();
        Map<String, String> before = secret("mlpool");
        Files.delete(store.resolve("mlpool/scheduler-key"));

        assertThat(createSecrets("COINGECKO_API_KEY=CG-\"quoted\", and {more}"))
                .contains("secret/mlpool lacks scheduler-key", "secret/mlpool lacks coingecko-api-key");

        Map<String, String> after = secret("mlpool");
        assertThat(after).containsEntry("coingecko-api-key", "CG-\"quoted\", and {more}");
        assertThat(after.get("scheduler-key")).matches(KEY).isNotEqualTo(before.get("scheduler-key"));
        before.remove("scheduler-key");
        assertThat(after).containsAllEntriesOf(before);
    }

    private String createSecrets(String... environment) throws Exception {
        Path tools = Manifests.tests();
        List<String> command = Stream.of(
                        Stream.of("env", "STORE=" + store, "PATH=%s:%s".formatted(tools, System.getenv("PATH"))),
                        Stream.of(environment),
                        Stream.of(
                                "bash",
                                Manifests.folder().resolve("create-secrets.sh").toString()))
                .flatMap(part -> part)
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private Map<String, String> secret(String name) throws IOException {
        Map<String, String> entries = new HashMap<>();
        try (Stream<Path> files = Files.list(store.resolve(name))) {
            for (Path file : files.toList()) {
                entries.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return entries;
    }
}
