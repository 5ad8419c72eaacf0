package io.mlpool.serving.experiment;

import static io.mlpool.serving.experiment.ExperimentWorld.BEGIN;
import static io.mlpool.serving.experiment.ExperimentWorld.MODEL;
import static io.mlpool.serving.experiment.ExperimentWorld.TERMS;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.audit.AuditLog;
import io.mlpool.registry.Alias;
import io.mlpool.testing.ConstantModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gate promoted is watched against the version before, and goes back when that one is better. */
class WatchTest {

    private static final String WATCH = "watch-price-1h-2-1";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private ExperimentWorld world;

    /** Version 1 has been live for a while. */
    @BeforeEach
    void begin() {
        world = new ExperimentWorld(folder);
        world.registry.unassign(MODEL, Alias.CHALLENGER);
        world.look();
    }

    @Test
    void versionBeforeGoesOnForecastingInShadow() {
        promote(2);

        Experiment watch = world.find(WATCH);
        assertThat(watch.kind()).isEqualTo(Kind.WATCH);
        assertThat(List.of(watch.control(), watch.challenger())).containsExactly(2, 1);
        assertThat(watch.terms().mode()).isEqualTo(Mode.SHADOW);
        assertThat(champion()).isEqualTo(2);
        assertThat(world.registry.target(MODEL, Alias.CHALLENGER)).contains(1);
    }

    @Test
    void brokenVersionIsRolledBackWithinADay() {
        promote(2);
        losses(0.010, 0.016);
        world.watch(14, 7);

        Experiment watch = world.find(WATCH);
        assertThat(watch.state()).isEqualTo(ExperimentState.PROMOTED);
        assertThat(watch.endedAt()).isBefore(BEGIN.plus(Duration.ofDays(1)));
        assertThat(watch.outcome()).matches("""
                rolled back: its loss over the last day was 59.. % above that of the version before, allowed are 50.0 %""");
        assertThat(champion()).isEqualTo(1);
        assertThat(world.registry.target(MODEL, Alias.CHALLENGER)).isEmpty();
    }

    @Test
    void rollbackStandsInTheAuditLogOnce() {
        promote(2);
        losses(0.010, 0.016);
        world.watch(21, 7);

        assertThat(world.audit.find(new AuditLog.Query(
                        null, null, Instant.EPOCH, BEGIN.plus(Duration.ofDays(30)), Long.MAX_VALUE, 10)))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.record().action()).isEqualTo("POST /models/{name}/aliases/{alias}");
                    assertThat(entry.record().subject()).isEqualTo("alias=champion, name=price-1h, version=1");
                    assertThat(entry.record().callerName()).isEqualTo(WATCH);
                });
    }

    @Test
    void versionThatIsProvedWorseIsRolledBack() {
        promote(2);
        losses(0.0095, 0.010);
        world.watch(24 * 9, 24);

        assertThat(world.find(WATCH).outcome()).isEqualTo("rolled back: the version before is proved better");
        assertThat(champion()).isEqualTo(1);
    }

    @Test
    void versionThatIsProvedBetterStaysAndTheOneBeforeRests() {
        promote(2);
        losses(0.010, 0.0098);
        world.watch(24 * 9, 24);

        assertThat(world.find(WATCH).state()).isEqualTo(ExperimentState.STOPPED);
        assertThat(world.find(WATCH).outcome()).startsWith("it is proved better than the version before");
        assertThat(champion()).isEqualTo(2);
        assertThat(world.registry.target(MODEL, Alias.CHALLENGER)).isEmpty();
    }

    @Test
    void versionBeforeRestsAlsoWhenWhoEndsTheWatchDiesOnTheWay() {
        world.rollback = new RollbackProperties(true, 2, 0.95, 0.5);
        promote(2);
        world.promotion().retire(world.find(WATCH));
        world.look();

        assertThat(world.find(WATCH).state()).isEqualTo(ExperimentState.STOPPED);
        assertThat(world.registry.target(MODEL, Alias.CHALLENGER)).isEmpty();
    }

    @Test
    void watchEndsAfterItsDays() {
        world.rollback = new RollbackProperties(true, 2, 0.95, 0.5);
        promote(2);
        world.clock.advance(Duration.ofDays(2));
        world.look();

        assertThat(world.find(WATCH).outcome()).isEqualTo("2 days have passed without a winner");
        assertThat(world.registry.target(MODEL, Alias.CHALLENGER)).isEmpty();
    }

    @Test
    void whatPeopleDecideIsNotWatched() {
        int byHand = world.registry
                .register(ConstantModel.bundle(folder.resolve("refused"), "refused"), Map.of("promoted", "false"))
                .version();
        promote(byHand);
        promote(3);
        promote(2);

        assertThat(world.store.open())
                .as("neither without the gate nor back to older ones")
                .isEmpty();
    }

    @Test
    void versionThatWasRolledBackIsNotWatchedWhenItIsPromotedAgain() {
        promote(2);
        losses(0.010, 0.016);
        world.watch(14, 7);
        world.look();
        promote(2);

        assertThat(world.store.open()).isEmpty();
        assertThat(champion()).isEqualTo(2);
    }

    @Test
    void nextPromotionIsWatchedInsteadOfTheOneBefore() {
        promote(2);
        promote(3);

        assertThat(world.find(WATCH).outcome()).startsWith("version 2 is no longer the champion");
        assertThat(world.store.open()).extracting(Experiment::id).containsExactly("watch-price-1h-3-2");
        assertThat(world.registry.target(MODEL, Alias.CHALLENGER)).contains(2);
    }

    @Test
    void experimentOfPeopleIsNotDisturbed() {
        world.registry.assign(MODEL, Alias.CHAMPION, 2);
        world.registry.assign(MODEL, Alias.CHALLENGER, 3);
        Pair theirs = new Pair(MODEL, world.begin("x", TERMS).interval(), ExperimentWorld.HORIZONS, 2, 3);
        world.store.stop("x", ExperimentState.RUNNING, "tester", "over", BEGIN);
        world.store.begin(Experiment.begin("theirs", Kind.EXPERIMENT, theirs, TERMS, null, BEGIN, "tester"));
        world.look();

        assertThat(world.store.open()).extracting(Experiment::id).containsExactly("theirs");
        assertThat(world.registry.target(MODEL, Alias.CHALLENGER)).contains(3);
    }

    @Test
    void itCanBeSwitchedOff() {
        world.rollback = new RollbackProperties(false, 28, 0.95, 0.5);
        promote(2);

        assertThat(world.store.open()).isEmpty();
        world.rollback = new RollbackProperties(true, 28, 0.95, 0.5);
        world.look();
        assertThat(world.store.open()).as("the promotion is old news").isEmpty();
    }

    @Test
    void versionBeforeThatCannotBeReadIsNoReasonToFail() throws IOException {
        Files.delete(folder.resolve("registry/price-1h/versions/1/bundle/model.onnx"));
        promote(2);

        assertThat(world.store.open()).isEmpty();
        assertThat(champion()).isEqualTo(2);
    }

    private void promote(int version) {
        world.registry.assign(MODEL, Alias.CHAMPION, version);
        world.look();
    }

    /** Of the versions before and after the promotion, as shares of the price. */
    private void losses(double before, double after) {
        world.forecasts(1, "bitcoin", 12, before, 8);
        world.forecasts(2, "bitcoin", 12, after, 8);
    }

    private int champion() {
        return world.registry.target(MODEL, Alias.CHAMPION).orElseThrow();
    }
}
