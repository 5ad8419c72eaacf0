package io.mlpool.training.study;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.TestDatabase;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.TrainingServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StudyServiceTest {

    private static final String[] FAST = {
        "mlpool.training.folds=1", "mlpool.training.fewest-fold-windows=100", "mlpool.training.study.look=50ms"
    };

    @TempDir
    static Path storage;

    private final TestDatabase market = TrainingServer.market();
    private TrainingServer service;

    @BeforeAll
    void startTheService() {
        service = TrainingServer.start(market, storage, new FakeTrainer(0), FAST);
    }

    @AfterAll
    void stopTheService() {
        service.close();
    }

    @Test
    void theServiceTriesEverythingAndTrainsTheBestWayInFull() {
        JsonNode started = service.post("/studies", """
                {"id": "shifts", "interval": "1h", "grid": {"fold_shift": [3, 0, 2]}}""");
        assertThat(started.get("trials").asInt()).isEqualTo(3);
        assertThat(started.get("state").asString()).isEqualTo("running");

        JsonNode study = closed("shifts");

        assertThat(study.get("best_trial").asInt()).isEqualTo(1);
        assertThat(study.get("finished").asInt()).isEqualTo(3);
        JsonNode trials = service.get("/studies/shifts/trials");
        assertThat(trials.values().stream().map(trial -> trial.get("state").asString()))
                .containsOnly("succeeded");
        assertThat(trials.get(1).get("skill").asDouble())
                .isGreaterThan(trials.get(2).get("skill").asDouble());
        assertThat(trials.get(2).get("skill").asDouble())
                .isGreaterThan(trials.get(0).get("skill").asDouble());
        JsonNode best = service.get("/runs/shifts-best");
        assertThat(best.at("/request/hyper_parameters/fold_shift").asString()).isEqualTo("0");
        assertThat(best.at("/decision/reason").asString()).isNotBlank();
        assertThat(best.get("snapshot").get("version"))
                .as("all learn from the same candles")
                .isEqualTo(service.get("/runs/shifts-0").get("snapshot").get("version"));
    }

    @Test
    void trialsStandBesideTheRunsOfTheirStudyAndNotAmongAllOthers() {
        service.post("/studies", """
                {"id": "listed", "interval": "1h", "trials": [{}, {"seed": 2}]}""");
        closed("listed");

        assertThat(ids("/runs?study=listed")).containsExactlyInAnyOrder("listed-0", "listed-1", "listed-best");
        assertThat(ids("/runs?limit=1000")).contains("listed-best").doesNotContain("listed-0", "listed-1");
        assertThat(ids("/studies")).contains("listed");
    }

    @Test
    void theSameRequestAgainStartsNothingNewAndAnotherIsRefused() {
        String request = "{\"id\": \"twice\", \"interval\": \"1h\", \"trials\": [{\"seed\": 5}]}";
        service.post("/studies", request);

        assertThat(service.post("/studies", request).get("id").asString()).isEqualTo("twice");
        HttpResponse<String> other = service.answer("/studies", request.replace("5", "6"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("study twice exists and was asked for something else");
    }

    @Test
    void aStudyWithoutATrialThatSucceedsFailsAndTrainsNothingInFull() {
        service.post("/studies", """
                {"id": "early", "interval": "1h", "until": "2020-01-01T00:00:00Z", "trials": [{}]}""");

        JsonNode study = closed("early");

        assertThat(study.get("state").asString()).isEqualTo("failed");
        assertThat(study.get("best_run").isNull()).isTrue();
        assertThat(service.get("/studies/early/trials").get(0).get("error").asString())
                .contains("no asset has enough 1h candles");
    }

    @Test
    void trialsOfAJobAreExecutedByProcessesOfTheirOwn() throws Exception {
        String request = """
                {"id": "job", "interval": "1h", "executed_by": "job", "grid": {"fold_shift": [1, 0]}}""";
        Path file = Files.writeString(storage.resolve("study.json"), request);

        assertThat(pod(file, 1)).isEqualTo(TrialJob.DONE);
        assertThat(service.get("/studies/job").get("state").asString()).isEqualTo("running");
        assertThat(pod(file, 0)).isEqualTo(TrialJob.DONE);
        assertThat(pod(file, 0)).as("a pod that is started once more").isEqualTo(TrialJob.DONE);
        assertThat(pod(file, 2)).as("more pods than trials").isEqualTo(TrialJob.FAILED);

        JsonNode study = closed("job");
        assertThat(study.get("best_trial").asInt()).isEqualTo(1);
        assertThat(study.get("best_run").asString()).isEqualTo("job-best");
    }

    @Test
    void aPodWhoseTrialAnotherTookOverOrThatCouldNotGoOnDoesNotSayThatItIsDone() throws Exception {
        Path file = Files.writeString(storage.resolve("left.json"), """
                {"id": "left", "interval": "1h", "executed_by": "job", "trials": [{}, {}]}""");

        FakeTrainer superseded = FakeTrainer.that(epoch -> market.jdbc()
                .sql("UPDATE training_run SET attempt = attempt + 1 WHERE id = 'left-0'")
                .update());
        assertThat(pod(file, 0, superseded)).isEqualTo(TrialJob.STOPPED);
        FakeTrainer outOfMemory = FakeTrainer.that(epoch -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThat(pod(file, 1, outOfMemory)).isEqualTo(TrialJob.STOPPED);

        assertThat(service.get("/studies/left").get("state").asString()).isEqualTo("running");
    }

    @Test
    void aStudyIsCancelledWithAllThatWaits() {
        service.post("/studies", """
                {"id": "stopped", "interval": "1h", "executed_by": "job", "trials": [{}, {}]}""");

        assertThat(service.post("/studies/stopped/cancel", "").get("state").asString())
                .isEqualTo("cancelled");

        eventually(() -> assertThat(
                        service.get("/studies/stopped").get("closed_at").isNull())
                .isFalse());
        assertThat(service.get("/studies/stopped/trials").values().stream()
                        .map(trial -> trial.get("state").asString()))
                .containsOnly("cancelled");
        HttpResponse<String> again = service.answer("/studies/stopped/cancel", "");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("the trials of study stopped are over already");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"interval\":\"1h\"} | trials and grid must make 1 to 1000 trials, found 0",
                "{\"interval\":\"2h\",\"trials\":[{}]} | unknown interval '2h'",
                "{\"id\":\"Big\",\"interval\":\"1h\",\"trials\":[{}]} | study id must be up to 58 lower-case letters",
                "{\"interval\":\"1h\",\"grid\":{\"fold_shift\":[]}} | the grid has no value for fold_shift",
                "{\"interval\":\"1h\",\"grid\":{\"depth\":[1]}} | \"loc\":[\"body\",\"grid\",\"hyper_parameters\"]",
                "{\"interval\":\"1h\",\"trials\":[{},{\"hyper_parameters\":{\"depth\":1}}]} | \"loc\":[\"body\",\"trials\",1,\"hyper_parameters\"]",
                "{\"interval\":\"1h\",\"assets\":[\"bitcoin\"],\"trials\":[{\"learn_from\":[\"ethereum\"]}]} | \"loc\":[\"body\",\"trials\",0,\"learn_from\"],\"msg\":\"learn_from must be among the assets",
                "{\"interval\":\"1h\",\"trials\":[{},null]} | a trial must say what differs, {} for nothing, found null",
                "{\"interval\":\"1h\",\"grid\":{\"fold_shift\":null}} | the grid has no value for fold_shift",
                "{\"interval\":\"1h\",\"grid\":{\"fold_shift\":[null]}} | hyper-parameter fold_shift must be a number, found null",
                "{\"interval\":\"1h\",\"trials\":[{\"hyper_parameters\":{\"fold_shift\":[1]}}]} | hyper-parameter fold_shift must be a number, found [1]",
                "{\"interval\":\"1h\",\"executed_by\":\"me\",\"trials\":[{}]} | executed_by",
            })
    void aRequestThatMakesNoSenseIsRefusedWithTheTrialThatIsWrong(String body, String expected) {
        HttpResponse<String> refused = service.answer("/studies", body);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).startsWith("{\"detail\":[{\"type\":").contains(expected);
    }

    @Test
    void aPodRefusesAStudyThatIsNotForPodsOrMakesNoSense() throws Exception {
        Path file = storage.resolve("refused.json");
        try (TrainingServer process = process(file, 0, new FakeTrainer(0))) {
            for (String study : List.of(
                    "{\"id\": \"refused\", \"interval\": \"1h\", \"executed_by\": \"job\", \"trials\": [{\"hyper_parameters\": {\"depth\": 0}}]}",
                    "{\"interval\": \"1h\", \"executed_by\": \"job\", \"trials\": [{}]}",
                    "{\"id\": \"refused\", \"interval\": \"1h\", \"trials\": [{}]}")) {
                Files.writeString(file, study);
                assertThat(process.bean(TrialJob.class).execute()).as(study).isEqualTo(TrialJob.FAILED);
            }
        }
        assertThat(ids("/studies")).doesNotContain("refused");
    }

    /** What a pod of an Indexed Job does from its start to its exit code. */
    private int pod(Path file, int number) throws InterruptedException {
        return pod(file, number, new FakeTrainer(0));
    }

    private int pod(Path file, int number, FakeTrainer trainer) throws InterruptedException {
        try (TrainingServer process = process(file, number, trainer)) {
            return process.bean(TrialJob.class).execute();
        }
    }

    private TrainingServer process(Path file, int number, FakeTrainer trainer) {
        return TrainingServer.start(
                market,
                storage.resolve("pod-" + number),
                trainer,
                "spring.profiles.active=trial",
                "mlpool.training.trial.file=" + file,
                "mlpool.training.trial.number=" + number,
                FAST[0],
                FAST[1]);
    }

    private JsonNode closed(String id) {
        eventually(() -> assertThat(service.get("/studies/" + id).get("state").asString())
                .isIn("succeeded", "failed", "cancelled"));
        return service.get("/studies/" + id);
    }

    private List<String> ids(String path) {
        return service.get(path).values().stream()
                .map(one -> one.get("id").asString())
                .toList();
    }
}
