package io.mlpool.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.market.CandleStore;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.SmallSettings;
import io.mlpool.training.TestCandles;
import io.mlpool.training.Trainers;
import io.mlpool.training.TrainingServer;
import io.mlpool.training.pipeline.TrainingSettings;
import io.mlpool.training.run.RunRequestReader;
import io.mlpool.training.run.TrainingRuns;
import io.mlpool.training.run.Trainings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of a study whose processes die or say nothing; nobody executes anything here. */
class StudiesTest {

    private static final Duration SILENCE = Duration.ofHours(1);

    private final TestDatabase market = TrainingServer.market();
    private final SettableClock clock = new SettableClock(TestCandles.START);
    private final Studies studies = studies(market, clock);

    @Test
    void aTrialWhoseProcessFellSilentIsGivenUpAndTheOthersDecide() {
        studies.start(twoTrials("silent"));
        begin("silent-0");
        begin("silent-1");
        clock.advance(SILENCE.plusSeconds(1));
        finish("silent-1", 3.5);

        studies.look(SILENCE);

        StudyView study = studies.find("silent");
        assertThat(study.state()).isEqualTo("judging");
        assertThat(study.bestTrial()).isEqualTo(1);
        assertThat(studies.trials("silent").getFirst().error())
                .isEqualTo("nothing was heard of its process for 60 minutes: it is given up");
    }

    @Test
    void aTrialThatWaitsForRoomIsNotGivenUp() {
        studies.start(twoTrials("waiting"));
        clock.advance(Duration.ofDays(3));

        studies.look(SILENCE);

        assertThat(studies.trials("waiting")).extracting(TrialView::state).containsOnly("queued");
        assertThat(studies.find("waiting").state()).isEqualTo("running");
    }

    @Test
    void lookingTwiceAtAStudyThatIsOverStartsOneRunOfTheBest() {
        studies.start(twoTrials("once"));
        finish("once-0", 1);
        finish("once-1", 1);

        studies.look(SILENCE);
        studies.look(SILENCE);

        assertThat(studies.find("once").bestTrial())
                .as("of two that are as good, the first")
                .isZero();
        assertThat(market.jdbc()
                        .sql("SELECT count(*) FROM training_run WHERE study = 'once' AND trial IS NULL")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void theBestIsJudgedAfterWhatAnyTrialSaw() {
        studies.start(twoTrials("seen"));
        Instant latest = TestCandles.START.plus(Duration.ofDays(25));
        finish("seen-0", 1, latest);
        finish("seen-1", 2, TestCandles.START.plus(Duration.ofHours(500)));

        studies.look(SILENCE);

        assertThat(market.jdbc()
                        .sql("SELECT request ->> 'chosen_until' FROM training_run WHERE id = 'seen-best'")
                        .query(String.class)
                        .single())
                .isEqualTo(latest.toString());
    }

    @Test
    void allTrialsLearnFromCandlesUntilTheStudyStarted() {
        studies.start(twoTrials("pinned"));

        assertThat(market.jdbc()
                        .sql("SELECT DISTINCT request ->> 'until' FROM training_run WHERE study = 'pinned'")
                        .query(String.class)
                        .list())
                .containsExactly(TestCandles.START.plus(Duration.ofHours(800)).toString());
    }

    @Test
    void halvingJudgesTheBetterOnesOnOneFoldAfterTheOther() {
        studies.start(halved("halved", 4, 2));

        assertThat(studies.trials("halved")).extracting(TrialView::fold).containsOnly(0);
        finish("halved-0", 1);
        finish("halved-1", 3);
        finish("halved-2", 5);
        finish("halved-3", 2);
        studies.look(SILENCE);
        studies.look(SILENCE);

        assertThat(studies.trials("halved").stream().skip(4))
                .as("two of four, on the second fold alone, under numbers of their own")
                .extracting(TrialView::number, TrialView::candidate, TrialView::fold, TrialView::state)
                .containsExactly(tuple(5, 1, 1, "queued"), tuple(6, 2, 1, "queued"));
        assertThat(studies.find("halved").trials()).isEqualTo(6);

        finish("halved-5", 0);
        finish("halved-6", -3);
        studies.look(SILENCE);

        StudyView study = studies.find("halved");
        assertThat(study.state()).isEqualTo("judging");
        assertThat(study.finished()).isEqualTo(6);
        assertThat(study.bestTrial())
                .as("1.5 on two folds against 1 there, and against 2 on the first fold alone")
                .isEqualTo(1);
        assertThat(market.jdbc()
                        .sql("SELECT request ->> 'fold' IS NULL FROM training_run WHERE id = 'halved-best'")
                        .query(Boolean.class)
                        .single())
                .as("the best one is trained in full")
                .isTrue();
    }

    @Test
    void whenAllButOneFailTheHalvingIsOver() {
        studies.start(halved("failing", 3, 2));
        finish("failing-1", 1);
        update("failing-0", "state = 'failed', error = 'no'", null);
        update("failing-2", "state = 'failed', error = 'no'", null);

        studies.look(SILENCE);

        assertThat(studies.find("failing").bestTrial()).isEqualTo(1);
    }

    @Test
    void halvingThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> studies.start(halved("one", 1, 2)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("there are 1 trials and 2 folds");
        assertThatThrownBy(() -> studies.start(halved("greedy", 3, 4)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("halving keeps one in 2 to 3 trials after each fold, found 4");
        assertThatThrownBy(() -> studies.start(
                        new StudyRequest("pods", null, "1h", null, null, null, null, ExecutedBy.JOB, ways(4), null, 2)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("as many trials as completions");
    }

    @Test
    void aStudyWhoseRunsWouldBearNamesThatAreTakenIsRefusedAsAWhole() {
        studies.start(twoTrials("taken"));

        assertThatThrownBy(() -> studies.start(trials("taken", 1))).hasMessageContaining("asked for something else");
        market.jdbc().sql("UPDATE training_run SET study = NULL, trial = NULL").update();
        market.jdbc().sql("DELETE FROM study").update();

        assertThatThrownBy(() -> studies.start(twoTrials("taken")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("there is a run taken-0 already, which the study would need: choose another id");
        assertThat(studies.latest(10)).isEmpty();
    }

    @Test
    void aStudyWithoutAnyCandlesIsRefused() {
        Studies empty = studies(TestDatabase.create(), clock);

        assertThatThrownBy(() -> empty.start(twoTrials("empty")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("there are no 1h candles of these assets to learn from yet");
    }

    private void begin(String run) {
        update(run, "state = 'running', attempt = 1", null);
    }

    private void finish(String run, double skill) {
        finish(run, skill, TestCandles.START);
    }

    private void finish(String run, double skill, Instant seenUntil) {
        update(
                run,
                "state = 'succeeded', score = :score::json",
                "{\"skill\": %s, \"folds\": 2, \"seen_until\": \"%s\"}".formatted(skill, seenUntil));
    }

    private void update(String run, String change, @Nullable String score) {
        market.jdbc()
                .sql("UPDATE training_run SET %s WHERE id = :run".formatted(change))
                .param("score", score)
                .param("run", run)
                .update();
    }

    private static StudyRequest twoTrials(String id) {
        return trials(id, 2);
    }

    private static StudyRequest halved(String id, int number, int halving) {
        return new StudyRequest(
                id, null, "1h", null, null, null, null, ExecutedBy.SERVICE, ways(number), null, halving);
    }

    private static List<StudyRequest.Trial> ways(int number) {
        return Collections.nCopies(number, new StudyRequest.Trial(null, null, null));
    }

    private static StudyRequest trials(String id, int number) {
        List<StudyRequest.Trial> trials = ways(number);
        return new StudyRequest(id, null, "1h", null, null, null, null, ExecutedBy.JOB, trials, null, null);
    }

    private static Studies studies(TestDatabase database, SettableClock clock) {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        TrainingRuns runs = new TrainingRuns(database.jdbc(), transaction, clock);
        TrainingSettings settings = SmallSettings.of(2);
        RunRequestReader reader = new RunRequestReader(settings, new Trainers(List.of(new FakeTrainer(0))));
        SchedulerClient scheduler = SchedulerClient.Builder.create(
                        new TransactionAwareDataSourceProxy(database.dataSource()))
                .tableName("training_tasks")
                .build();
        return new Studies(
                new StudyStore(database.jdbc(), clock),
                new StudyReader(reader),
                runs,
                new Trainings(runs, scheduler, transaction, reader, clock),
                new CandleStore(database.jdbc()),
                transaction);
    }
}
