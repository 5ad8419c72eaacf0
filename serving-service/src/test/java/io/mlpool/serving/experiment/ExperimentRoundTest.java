package io.mlpool.serving.experiment;

import static io.mlpool.serving.experiment.ExperimentWorld.BEGIN;
import static io.mlpool.serving.experiment.ExperimentWorld.MODEL;
import static io.mlpool.serving.experiment.ExperimentWorld.TERMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.registry.Alias;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An experiment from its beginning to its end, on stored forecasts. */
class ExperimentRoundTest {

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private ExperimentWorld world;

    @BeforeEach
    void begin() {
        world = new ExperimentWorld(folder);
    }

    @Test
    void standingsComeFromPairsAlone() {
        Guardrails patient = new Guardrails(0.02, 0.5, 0.6, 0.95, 1);
        world.begin("one", new Terms(Mode.SHADOW, 0, 0.95, OnWin.TELL, 60, patient));
        world.forecasts(1, "bitcoin", 4, 0.010, 8);
        world.forecasts(2, "bitcoin", 4, 0.009, 7);
        world.forecasts(1, "ethereum", 4, 0.5, 8);
        world.clock.set(BEGIN.plus(Duration.ofHours(73)));
        world.look();
        world.clock.set(BEGIN.plus(Duration.ofHours(80)));
        world.look();

        Standings standings = standings("one");

        assertThat(standings.blocks())
                .as("two days whose longest horizon is over")
                .isEqualTo(2);
        assertThat(standings.difference().relative()).isCloseTo(-0.1, within(0.01));
        assertThat(standings.difference().lower()).as("two blocks say nothing").isNull();
        Standings.HorizonStanding hour = standings.horizons().getFirst();
        assertThat(hour.pairs()).isEqualTo(79);
        assertThat(hour.control().loss()).isCloseTo(0.010, within(0.0001));
        assertThat(hour.challenger().loss()).isCloseTo(0.009, within(0.0001));
        assertThat(hour.control().coverage80()).isGreaterThan(hour.challenger().coverage80());
    }

    @Test
    void numbersAreThoseOfOneLookHoweverOftenSomebodyLooks() {
        world.begin("one", TERMS);
        world.forecasts(1, "bitcoin", 3, 0.010, 8);
        world.forecasts(2, "bitcoin", 3, 0.009, 7);
        world.watch(60, 3);
        List<Map<String, @Nullable Object>> often = world.losses();

        world.jdbc.sql("DELETE FROM experiment_loss").update();
        world.look();

        assertThat(world.losses()).isEqualTo(often).hasSize(59 + 36);
    }

    @Test
    void outcomeThatComesLateIsWaitedForAndThenLeftOut() {
        world.begin("one", TERMS);
        world.forecasts(1, "bitcoin", 1, 0.010, 8);
        world.forecasts(2, "bitcoin", 1, 0.009, 7);
        world.jdbc.sql("UPDATE forecast SET scored_at = NULL WHERE version = 2").update();
        world.clock.set(BEGIN.plus(Duration.ofHours(2)));
        world.look();
        assertThat(world.losses()).singleElement().extracting("settled").isEqualTo(false);

        world.jdbc
                .sql("UPDATE forecast SET scored_at = now() WHERE version = 2 AND as_of <= :at::timestamptz")
                .param("at", BEGIN.plus(Duration.ofHours(1)).toString())
                .update();
        world.clock.advance(Duration.ofMinutes(59));
        world.look();
        assertThat(world.losses())
                .singleElement()
                .extracting("settled", "pairs")
                .containsExactly(true, 1);

        world.clock.advance(Duration.ofMinutes(1));
        world.look();
        world.clock.advance(Duration.ofHours(6));
        world.look();
        assertThat(world.losses().get(1)).containsEntry("settled", true).containsEntry("pairs", 0);
    }

    @Test
    void winnerIsToldAndStaysTheWinner() {
        world.begin("one", TERMS);
        challengerLoses(0.0095);
        world.watch(24 * 9, 6);

        Experiment experiment = world.find("one");

        assertThat(experiment.winner()).isEqualTo(Arm.CHALLENGER);
        assertThat(experiment.state()).isEqualTo(ExperimentState.RUNNING);
        assertThat(standings("one").difference().upper()).isNegative();
        assertThat(experiment.wonAt())
                .isEqualTo(standings("one").course().stream()
                        .filter(step -> step.difference().upper() != null
                                && step.difference().upper() < 0)
                        .findFirst()
                        .orElseThrow()
                        .to()
                        .plus(Duration.ofHours(23)));
        assertThat(world.registry.target(MODEL, Alias.CHAMPION)).contains(1);
    }

    @Test
    void winnerIsPromotedWhereThatWasAskedFor() {
        world.begin("one", new Terms(Mode.SHADOW, 0, 0.95, OnWin.PROMOTE, 60, Guardrails.DEFAULT));
        challengerLoses(0.0095);
        world.watch(24 * 9, 6);

        assertThat(world.find("one").state()).isEqualTo(ExperimentState.PROMOTED);
        assertThat(world.registry.target(MODEL, Alias.CHAMPION)).contains(2);
        assertThat(world.registry.target(MODEL, Alias.CHALLENGER)).isEmpty();
    }

    @Test
    void promotionThatWasInterruptedIsEndedByTheNextLook() {
        world.begin("one", TERMS);
        world.store.beginPromotion("one", "tester", "the challenger won");

        world.look();

        assertThat(world.find("one").state()).isEqualTo(ExperimentState.PROMOTED);
        assertThat(world.find("one").endedBy()).isEqualTo("tester");
        assertThat(world.registry.target(MODEL, Alias.CHAMPION)).contains(2);
    }

    @Test
    void winnerThatWasFoundByWhoDiedBeforePromotingItIsPromoted() {
        world.begin("one", new Terms(Mode.SHADOW, 0, 0.95, OnWin.PROMOTE, 60, Guardrails.DEFAULT));
        world.store.win("one", Arm.CHALLENGER, BEGIN);

        world.look();

        assertThat(world.find("one").state()).isEqualTo(ExperimentState.PROMOTED);
    }

    @Test
    void rowsOfAnExperimentGoLongAfterItsEndAndItsResultStays() {
        world.begin("one", TERMS);
        challengerLoses(0.016);
        world.watch(14, 1);
        Standings standings = standings("one");
        assertThat(world.losses()).isNotEmpty();

        world.clock.advance(Duration.ofDays(89));
        world.look();
        assertThat(world.losses()).isNotEmpty();
        world.clock.advance(Duration.ofDays(2));
        world.look();

        assertThat(world.losses()).isEmpty();
        assertThat(standings("one")).isEqualTo(standings);
        assertThat(world.find("one").outcome()).endsWith("above the control's, allowed are 50.0 %");
    }

    @Test
    void promotionDoesNotOvertakeAnotherChampion() {
        Experiment experiment = world.begin("one", TERMS);
        world.registry.assign(MODEL, Alias.CHAMPION, 3);

        world.promotion().promote(experiment, "tester", "the challenger won");

        assertThat(world.registry.target(MODEL, Alias.CHAMPION)).contains(3);
        assertThat(world.find("one").state()).isEqualTo(ExperimentState.STOPPED);
        assertThat(world.find("one").outcome()).contains("version 3 is the champion", "no longer version 1");
    }

    @Test
    void experimentEndsWhenItsChallengerIsReplaced() {
        world.begin("one", TERMS);
        world.registry.assign(MODEL, Alias.CHALLENGER, 3);

        world.look();

        assertThat(world.find("one").outcome())
                .isEqualTo("version 2 is no longer the challenger of price-1h, which is version 3");
    }

    @Test
    void brokenChallengerIsStoppedWithinADay() {
        world.begin("one", TERMS);
        challengerLoses(0.016);
        world.watch(14, 1);

        assertThat(world.find("one").outcome()).endsWith("above the control's, allowed are 50.0 %");
        assertThat(world.find("one").endedAt()).isEqualTo(BEGIN.plus(Duration.ofHours(13)));
    }

    @Test
    void challengerThatIsProvedWorseIsStopped() {
        world.begin("one", TERMS);
        challengerLoses(0.0104);
        world.watch(24 * 12, 6);

        assertThat(world.find("one").outcome()).startsWith("guardrail: the challenger's loss is proved at least");
    }

    @Test
    void challengerWithoutAnswersIsStopped() {
        world.begin("one", TERMS);
        world.forecasts(1, "bitcoin", 3, 0.010, 8);
        world.forecasts(1, "ethereum", 3, 0.010, 8);
        world.watch(14, 2);

        assertThat(world.find("one").outcome()).contains("the challenger lacks 100.0 % of the last day's forecasts");
    }

    @Test
    void challengerWithWrongCoverageIsStopped() {
        world.begin("one", TERMS);
        world.forecasts(1, "bitcoin", 12, 0.010, 8);
        world.forecasts(2, "bitcoin", 12, 0.010, 3);
        world.watch(24 * 9, 6);

        assertThat(world.find("one").outcome()).startsWith("guardrail: the challenger's 80 % interval holds");
    }

    @Test
    void experimentEndsUndecidedAfterItsDays() {
        world.begin("one", new Terms(Mode.SHADOW, 0, 0.95, OnWin.TELL, 2, Guardrails.DEFAULT));
        world.clock.set(BEGIN.plus(Duration.ofDays(2)));

        world.look();

        assertThat(world.find("one").outcome()).isEqualTo("2 days have passed without a winner");
    }

    @Test
    void modelHasOneExperimentAtATime() {
        world.begin("one", TERMS);
        world.store.begin(world.find("one"));

        assertThat(world.store.open()).hasSize(1);
    }

    private void challengerLoses(double loss) {
        world.forecasts(1, "bitcoin", 12, 0.010, 8);
        world.forecasts(2, "bitcoin", 12, loss, 8);
    }

    private Standings standings(String id) {
        return Objects.requireNonNull(world.find(id).standings());
    }
}
