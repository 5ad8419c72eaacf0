package io.mlpool.training.study;

import static io.mlpool.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.TestDatabase;
import io.mlpool.training.TrainingServer;
import io.mlpool.training.TrainingService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Kubernetes sees of a trial: real processes with the real network, their signals and exit codes. */
@Timeout(180)
class TrialProcessTest {

    private static final int SIGTERM = 128 + 15;

    private final TestDatabase market = TrainingServer.market();

    @TempDir
    Path folder;

    private @Nullable Process running;

    @AfterEach
    void killWhatIsLeft() {
        if (running != null) {
            running.destroyForcibly();
        }
    }

    @Test
    void afterAKillTheNextProcessGoesOnFromTheLastEpochAndTheEndIsACodeOfZero() throws Exception {
        study("{\"id\": \"killed\", \"interval\": \"1h\", \"executed_by\": \"job\", \"trials\": [{}]}");
        Process first = start();
        within(Duration.ofMinutes(1), () -> assertThat(epochs()).isNotEmpty());
        first.destroyForcibly().waitFor();
        assertThat(state()).isEqualTo("running");

        assertThat(exitCode(start())).isEqualTo(TrialJob.DONE);

        assertThat(state()).isEqualTo("succeeded");
        assertThat(epochs()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void aProcessThatIsToldToStopLeavesTheTrialToTheNext() throws Exception {
        study("{\"id\": \"stopped\", \"interval\": \"1h\", \"executed_by\": \"job\", \"trials\": [{}]}");
        Process process = start();
        within(Duration.ofMinutes(1), () -> assertThat(epochs()).isNotEmpty());

        process.destroy();

        assertThat(exitCode(process)).isEqualTo(SIGTERM);
        assertThat(state()).isEqualTo("queued");
    }

    @Test
    void aTrialThatWouldFailAgainEndsWithACodeThatSaysSo() throws Exception {
        study("""
                {"id": "hopeless", "interval": "1h", "executed_by": "job", "until": "2020-01-01T00:00:00Z", "trials": [{}]}""");

        assertThat(exitCode(start())).isEqualTo(TrialJob.FAILED);

        assertThat(state()).isEqualTo("failed");
    }

    @Test
    void aStudyThatMakesNoSenseEndsTheProcessInsteadOfLeavingAPodThatDoesNothing() throws Exception {
        study("{\"id\": \"a\", \"interval\": \"1h\", \"executed_by\": \"job\", \"trails\": [{}]}");

        assertThat(exitCode(start())).isEqualTo(TrialJob.FAILED);

        assertThat(log()).contains("trails");
    }

    private void study(String json) throws IOException {
        Files.writeString(folder.resolve("study.json"), json);
    }

    /** The service as a pod of an Indexed Job starts it, but for where the study lies. */
    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // A trial of seconds: the second compiler would take as much CPU as all the rest.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                TrainingService.class.getName(),
                "--server.port=0",
                "--spring.datasource.url=" + market.url(),
                "--spring.datasource.username=postgres",
                "--mlpool.model.storage=" + folder.resolve("models"),
                "--mlpool.training.trial.file=" + folder.resolve("study.json"),
                "--mlpool.training.steps=4",
                "--mlpool.training.horizons.1h=1h,4h",
                "--mlpool.training.folds=1",
                "--mlpool.training.fewest-fold-windows=100",
                "--mlpool.training.lstm.epochs=3",
                "--mlpool.training.lstm.patience=3",
                "--mlpool.training.lstm.windows-per-epoch=100000");
        builder.environment().put("SPRING_PROFILES_ACTIVE", "trial");
        builder.environment().put("JOB_COMPLETION_INDEX", "0");
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment()
                .putAll(Map.of(
                        "MLPOOL_SECURITY_MODE", "open",
                        "SERVER_ADDRESS", "127.0.0.1",
                        "MLPOOL_SECURITY_GIVEN_ADMIN_SCOPES", "read,predict,train,admin"));
        running = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return running;
    }

    private int exitCode(Process process) throws Exception {
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(() -> log()).isTrue();
        return process.exitValue();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private List<String> epochs() {
        return market.jdbc()
                .sql("SELECT part || ' ' || number FROM training_epoch ORDER BY at")
                .query(String.class)
                .list();
    }

    private String state() {
        return market.jdbc()
                .sql("SELECT state FROM training_run")
                .query(String.class)
                .single();
    }
}
