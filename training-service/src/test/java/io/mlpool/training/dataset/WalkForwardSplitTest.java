package io.mlpool.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.training.SyntheticMarket;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WalkForwardSplitTest {

    private static final Instant START = Instant.parse("2022-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofHours(4);

    private final WindowSet windows = SyntheticMarket.windows(SyntheticMarket::noise, 1500, 4, 1);

    @Test
    void refusesAPurgeShorterThanTheHorizon() {
        assertThatThrownBy(() -> new WalkForwardSplit(
                        START,
                        START.plus(DAY),
                        START.plus(DAY.multipliedBy(2)),
                        START.plus(DAY.multipliedBy(3)),
                        Duration.ofHours(23),
                        DAY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("purge must be at least the longest horizon PT24H")
                .hasMessageContaining("PT23H");
    }

    @Test
    void refusesATestSliceWithinThePurge() {
        assertThatThrownBy(() -> new WalkForwardSplit(
                        START,
                        START.plus(DAY),
                        START.plus(DAY).plusSeconds(3599),
                        START.plus(DAY.multipliedBy(3)),
                        Duration.ofHours(1),
                        Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must begin a purge of PT1H after");
    }

    @Test
    void refusesEmptySlices() {
        assertThatThrownBy(() ->
                        new WalkForwardSplit(START, START, START.plus(DAY), START.plus(DAY.multipliedBy(2)), DAY, DAY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slices must end after they begin");
    }

    @Test
    void everyTargetOfTheTrainSliceIsKnownBeforeTheTestSliceBegins() {
        WalkForwardPlan plan = WalkForwardPlan.of(windows, 0.2, 3, 50);

        assertThat(plan.folds()).hasSize(3);
        assertNoLeak(plan.last());
        plan.folds().forEach(this::assertNoLeak);
    }

    @Test
    void foldsExpandAndEndBeforeTheHeldOutSlice() {
        WalkForwardPlan plan = WalkForwardPlan.of(windows, 0.2, 3, 50);

        for (int i = 0; i < 3; i++) {
            WalkForwardSplit fold = plan.folds().get(i);
            assertThat(fold.trainFrom()).isEqualTo(windows.asOf(0));
            assertThat(fold.testUntil().plus(LONGEST))
                    .isBeforeOrEqualTo(plan.last().testFrom());
            if (i > 0) {
                assertThat(fold.testFrom()).isEqualTo(plan.folds().get(i - 1).testUntil());
            }
        }
    }

    @Test
    void theHeldOutSliceIsTheLastFifthOfTheTime() {
        WalkForwardPlan plan = WalkForwardPlan.of(windows, 0.2, 3, 50);

        assertThat((double) plan.last().test(windows).size() / windows.size()).isBetween(0.19, 0.21);
    }

    @Test
    void littleDataGivesOneFold() {
        assertThat(WalkForwardPlan.of(windows, 0.2, 3, 1000).folds()).hasSize(1);
    }

    @Test
    void validationIsThePurgedEndOfTheTrainSlice() {
        WalkForwardSplit stop = WalkForwardPlan.validation(windows, 0.2);

        assertNoLeak(stop);
        assertThat(stop.test(windows).size()).isEqualTo(windows.size() - (int) (windows.size() * 0.8));
    }

    @Test
    void tooFewWindowsAreSaidToBeTooFew() {
        WindowSet few = windows.select(new int[] {0, 1, 2});

        assertThatThrownBy(() -> WalkForwardPlan.of(few, 0.2, 3, 50))
                .isInstanceOf(NoDataException.class)
                .hasMessageContaining("3 windows")
                .hasMessageContaining("too few for a horizon of PT4H");
    }

    @Test
    void aSingleWindowBeforeALongSilenceIsTooFew() {
        int[] positions = IntStream.concat(IntStream.of(0), IntStream.range(1_000, windows.size()))
                .toArray();

        assertThatThrownBy(() -> WalkForwardPlan.of(windows.select(positions), 0.2, 3, 100))
                .isInstanceOf(NoDataException.class)
                .hasMessageContaining("folds need at least 2 windows before the held-out slice, found 1");
    }

    private void assertNoLeak(WalkForwardSplit split) {
        WindowSet train = split.train(windows);
        WindowSet test = split.test(windows);
        assertThat(train.size()).isPositive();
        assertThat(train.asOf(train.size() - 1).plus(LONGEST)).isBeforeOrEqualTo(test.asOf(0));
    }
}
