package io.mlpool.training.tracking;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.testing.Forgetting;
import io.mlpool.testing.RealMlflow;
import io.mlpool.testing.TestDatabase;
import io.mlpool.testing.Wire;
import io.mlpool.testing.Wire.Fate;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.Trainer;
import io.mlpool.training.TrainingServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;

/** A training service with a real MLflow, which is read by MLflow's own Java client. */
@Timeout(120)
class MlflowTrackingTest {

    @TempDir
    Path folder;

    private final TestDatabase database = TrainingServer.market();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private RealMlflow mlflow;
    private Wire wire;

    @BeforeEach
    void serve() {
        mlflow = RealMlflow.shared();
        wire = keep(new Wire(mlflow.uri()));
        Forgetting.model(mlflow.uri(), "price-1h");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    @Test
    void aRunIsShownWithParametersDataMetricsFoldsAndDecision() {
        TrainingServer training = training(new FakeTrainer(1), wire.uri());

        training.train("shown");

        Run run = finished("shown");
        assertThat(Seen.parameters(run))
                .containsEntry("spec.interval", "1h")
                .containsEntry("settings.steps", "4")
                .containsEntry("settings.horizons.1h", "[\"1h\",\"4h\"]")
                .containsEntry("trainer.model_shift", "1.0")
                .doesNotContainKey("settings.horizons.1d");
        assertThat(Seen.tags(run))
                .containsEntry("mlpool.run_id", "shown")
                .containsEntry("mlpool.seed", "1")
                .containsEntry("mlpool.java", Runtime.version().toString())
                .containsEntry("mlpool.version", "2")
                .containsKeys("mlpool.decision", "mlpool.omp_num_threads", "mlpool.os", "mlflow.note.content");
        assertThat(Seen.metrics(run)).containsKeys("wql_1h", "naive_wql_4h", "coverage_80_1h", "gate_p_against_naive");
        assertThat(Seen.metrics(run)).containsEntry("best_validation_loss", 1 / 3.0);
        assertThat(Seen.input(run).getName()).isEqualTo("candles-1h");
        assertThat(Seen.input(run).getDigest()).hasSize(36);
        assertThat(Seen.input(run).getSource()).contains(Seen.input(run).getDigest());
        assertThat(Seen.input(run).getSchema()).contains("\"name\":\"close\"");
        assertThat(seen().history(run, "epoch/validation_loss")).isEqualTo(Map.of(1L, 1.0, 2L, 1 / 2.0, 3L, 1 / 3.0));
        assertThat(training.run("shown").path("tracking_url").asString())
                .startsWith(wire.uri() + "/#/experiments/")
                .contains("/runs/" + run.getInfo().getRunId());
    }

    @Test
    void foldsAreRunsWithinTheRun() {
        training(new FakeTrainer(1), wire.uri()).train("folded");

        Run run = finished("folded");
        Run fold = seen().run("folded/fold-1");
        assertThat(Seen.tags(fold))
                .containsEntry("mlflow.parentRunId", run.getInfo().getRunId())
                .containsEntry("mlflow.runName", "fold-1");
        assertThat(fold.getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
        assertThat(Seen.metrics(fold)).containsKeys("epoch/validation_loss", "wql_1h", "skill_vs_naive_4h");
    }

    @Test
    void trialsOfAStudyAreRunsThatMlflowCanCompare() {
        TrainingServer training = training(new FakeTrainer(1), wire.uri(), "mlpool.training.study.look=50ms");

        training.post("/studies", "{\"id\": \"tried\", \"interval\": \"1h\", \"grid\": {\"fold_shift\": [0, 2]}}");

        Run best = finished("tried-best");
        Run good = finished("tried-0");
        Run bad = finished("tried-1");
        assertThat(Seen.tags(good)).containsEntry("mlpool.study", "tried").containsEntry("mlpool.trial", "0");
        assertThat(Seen.tags(best)).containsEntry("mlpool.study", "tried").containsEntry("mlpool.trial", "best");
        assertThat(Seen.parameters(bad)).containsEntry("trainer.fold_shift", "2.0");
        assertThat(Seen.metrics(good).get("trial_skill"))
                .isGreaterThan(Seen.metrics(bad).get("trial_skill"));
        assertThat(Seen.metrics(best)).containsKey("gate_p_against_naive").doesNotContainKey("trial_skill");
    }

    @Test
    void epochsAreSeenWhileTheTrainingGoesOn() {
        ConcurrentLinkedQueue<Integer> seenMeanwhile = new ConcurrentLinkedQueue<>();
        Trainer trainer = FakeTrainer.that(epoch -> {
            if (epoch.equals("model 3")) {
                seenMeanwhile.add(seen().points(seen().run("watched"), "epoch/train_loss"));
            }
        });
        training(trainer, wire.uri()).train("watched");

        finished("watched");
        assertThat(seenMeanwhile).containsExactly(2);
    }

    @Test
    void aRunThatFailsSaysWhyThereToo() {
        TrainingServer training = training(
                FakeTrainer.that(epoch -> {
                    throw new IllegalStateException("the weights exploded");
                }),
                wire.uri());
        training.train("failing");

        eventually(() -> {
            Run run = seen().run("failing");
            assertThat(run.getInfo().getStatus()).isEqualTo(RunStatus.FAILED);
            assertThat(Seen.tags(run)).containsEntry("mlpool.error", "the weights exploded");
        });
    }

    @Test
    void aFoldEndsWithTheRunThatFailsInIt() {
        TrainingServer training = training(
                FakeTrainer.that(epoch -> {
                    if (epoch.equals("fold-1 2")) {
                        throw new IllegalStateException("the weights exploded");
                    }
                }),
                wire.uri());
        training.train("half-folded");

        eventually(() -> assertThat(seen().run("half-folded/fold-1").getInfo().getStatus())
                .isEqualTo(RunStatus.FAILED));
    }

    @Test
    void parametersOfARunThatStartedOverWithOthersAreInATag() {
        wire.weather(request -> request.contains("model") ? Fate.LOST : Fate.PASS);
        try (TrainingServer before = TrainingServer.start(
                database, folder.resolve("models"), new FakeTrainer(1), "mlpool.tracking.uri=" + wire.uri())) {
            before.train("changed");
            eventually(() -> assertThat(before.run("changed")
                            .path("progress")
                            .path("message")
                            .asString())
                    .startsWith("Waiting for the registry"));
        }
        wire.weather(request -> Fate.PASS);

        training(new FakeTrainer(0.5f), wire.uri());

        Run run = finished("changed");
        assertThat(Seen.parameters(run)).containsEntry("trainer.model_shift", "1.0");
        assertThat(Seen.tags(run).get("mlpool.parameters")).contains("\"trainer.model_shift\":\"0.5\"");
    }

    @Test
    void aRunThatCannotBeToldToTheEndKeepsNoOtherFromBeingTold() throws IOException {
        try (TrainingServer before = TrainingServer.start(database, folder.resolve("models"), new FakeTrainer(1))) {
            for (String run : List.of("broken", "fine")) {
                before.train(run);
                eventually(() ->
                        assertThat(before.run(run).path("state").asString()).isEqualTo("succeeded"));
            }
        }
        Path report = folder.resolve("models/runs/broken/report");
        Files.createSymbolicLink(report.resolve("a.svg"), report.resolve("nothing"));

        training(new FakeTrainer(1), wire.uri());

        finished("fine");
    }

    @Test
    void aModelIsRegisteredWithItsDecisionAndGoesLiveByItsAlias() {
        TrainingServer training = training(new FakeTrainer(0), wire.uri());
        training.train("registered");
        finished("registered");

        ModelRegistry registry = training.bean(ModelRegistry.class);
        assertThat(registry.versions("price-1h")).hasSize(2).last().satisfies(version -> {
            assertThat(version.runId()).isEqualTo("registered");
            assertThat(version.tags()).containsKeys("decision", "data_version", "bundle_digest", "p_against_naive");
        });
        assertThat(registry.find("price-1h", Alias.CHAMPION))
                .as("the naive model")
                .get()
                .extracting(version -> version.tags().get("algorithm"))
                .isEqualTo("naive");
        assertThat(seen().run("registered-naive").getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
    }

    @Test
    void aTrainingDuringAnOutageArrivesWholeAfterIt() {
        FakeTrainer trainer = new FakeTrainer(1);
        TrainingServer training = training(trainer, wire.uri());
        wire.weather(request -> Fate.LOST);
        training.train("patient");
        eventually(() -> assertThat(
                        training.run("patient").path("progress").path("message").asString())
                .startsWith("Waiting for the registry: MLflow at " + wire.uri()));
        assertThat(trainer.epochs()).as("all is trained meanwhile").hasSize(2 * FakeTrainer.EPOCHS);

        wire.weather(request -> Fate.PASS);

        Run run = finished("patient");
        assertThat(seen().history(run, "epoch/validation_loss")).hasSize(3);
        assertThat(seen().points(run, "epoch/validation_loss"))
                .as("nothing is there twice")
                .isEqualTo(3);
        assertThat(seen().runs("patient")).hasSize(1);
        assertThat(training.bean(ModelRegistry.class).versions("price-1h"))
                .extracting(version -> version.runId())
                .containsExactlyInAnyOrder("patient-naive", "patient");
        assertThat(trainer.epochs()).as("nothing is trained twice").hasSize(2 * FakeTrainer.EPOCHS);
    }

    @Test
    void aServerKilledInTheMiddleOfTheUploadGetsOneWholeVersionWhenItIsBack() throws InterruptedException {
        RealMlflow mortal = keep(RealMlflow.own(folder.resolve("mortal")));
        Wire thin = keep(new Wire(mortal.uri()));
        AtomicBoolean killing = new AtomicBoolean();
        CountDownLatch dead = new CountDownLatch(1);
        thin.weather(request -> {
            boolean upload = request.startsWith("PUT") && request.endsWith("/model.onnx");
            if (!upload || !killing.compareAndSet(false, true)) {
                return Fate.PASS;
            }
            mortal.kill();
            dead.countDown();
            return Fate.LOST;
        });
        TrainingServer training = training(new FakeTrainer(1), thin.uri());
        training.train("killed");
        assertThat(dead.await(60, TimeUnit.SECONDS)).isTrue();

        mortal.start();

        eventually(() ->
                assertThat(training.run("killed").path("state").asString()).isEqualTo("succeeded"));
        ModelRegistry registry = training.bean(ModelRegistry.class);
        assertThat(registry.versions("price-1h"))
                .extracting(version -> version.runId())
                .containsExactlyInAnyOrder("killed-naive", "killed");
        registry.versions("price-1h")
                .forEach(version -> assertThat(registry.fetch(version).digest())
                        .isEqualTo(version.tags().get("bundle_digest")));
    }

    @Test
    void twoReplicasRegisterEachRunOnce() {
        TrainingServer one = training(new FakeTrainer(1), wire.uri());
        TrainingServer other = training(new FakeTrainer(1), wire.uri());
        List.of("a", "b", "c", "d").forEach(one::train);

        List.of("a", "b", "c", "d").forEach(run -> {
            finished(run);
            assertThat(seen().runs(run)).as("MLflow's runs of %s", run).hasSize(1);
        });
        assertThat(other.bean(ModelRegistry.class).versions("price-1h").stream()
                        .map(version -> version.runId())
                        .filter(run -> !run.endsWith("-naive")))
                .containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void runsFromBeforeMlflowWasNamedAreToldToo() {
        try (TrainingServer before = TrainingServer.start(database, folder.resolve("models"), new FakeTrainer(1))) {
            before.train("early");
            eventually(() ->
                    assertThat(before.run("early").path("state").asString()).isEqualTo("succeeded"));
        }

        training(new FakeTrainer(1), wire.uri());

        assertThat(Seen.metrics(finished("early"))).containsKeys("wql_1h", "epoch/validation_loss");
    }

    @Test
    void aWrongPasswordHoldsARunUntilItIsRight() {
        TrainingServer training = training(new FakeTrainer(1), wire.uri());
        wire.weather(request -> Fate.DENIED);
        training.train("locked");
        eventually(() -> assertThat(
                        training.run("locked").path("progress").path("message").asString())
                .contains("does not know who asks (401)")
                .contains("MLFLOW_TRACKING_PASSWORD"));

        wire.weather(request -> Fate.PASS);

        eventually(() -> assertThat(Seen.tags(finished("locked"))).containsEntry("mlpool.version", "2"));
    }

    private Run finished(String run) {
        eventually(() -> assertThat(seen().run(run).getInfo().getStatus()).isEqualTo(RunStatus.FINISHED));
        return seen().run(run);
    }

    private Seen seen() {
        return keep(new Seen(mlflow.uri(), "price-1h"));
    }

    private TrainingServer training(Trainer trainer, URI server, String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("mlpool.tracking.uri=" + server);
        return keep(TrainingServer.start(database, folder.resolve("models"), trainer, all.toArray(String[]::new)));
    }

    private <T extends AutoCloseable> T keep(T one) {
        opened.add(one);
        return one;
    }
}
