package io.mlpool.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.training.SyntheticMarket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetrainingPlanTest {

    private static final Instant FIRST = Instant.parse("2022-01-01T00:00:00Z");
    private static final Instant FROM = Instant.parse("2023-01-01T00:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void eachModelIsUsedUntilTheNextOneAndTheLastUntilTheEnd() {
        Instant to = FROM.plus(Duration.ofDays(70));

        List<WalkForwardSplit> folds =
                RetrainingPlan.of(FIRST, FROM, to, MONTH, DAY).folds();

        assertThat(folds)
                .extracting(WalkForwardSplit::testFrom)
                .containsExactly(FROM, FROM.plus(MONTH), FROM.plus(MONTH).plus(MONTH));
        assertThat(folds)
                .extracting(WalkForwardSplit::testUntil)
                .containsExactly(FROM.plus(MONTH), FROM.plus(MONTH).plus(MONTH), to);
    }

    @Test
    void allThatAModelLearnsFromWasOverBeforeItsFirstForecast() {
        assertThat(RetrainingPlan.of(FIRST, FROM, FROM.plus(Duration.ofDays(365)), MONTH, DAY)
                        .folds())
                .hasSize(13)
                .allSatisfy(fold -> {
                    assertThat(fold.trainFrom()).isEqualTo(FIRST);
                    assertThat(fold.trainUntil().plus(DAY)).isBeforeOrEqualTo(fold.testFrom());
                });
    }

    @Test
    void aTimeBeforeAnythingCouldBeLearnedIsRefused() {
        assertThatThrownBy(() -> RetrainingPlan.of(FIRST, FIRST.plus(DAY), FROM, MONTH, DAY))
                .isInstanceOf(NoDataException.class)
                .hasMessageStartingWith("there is nothing to learn from before 2022-01-02T00:00:00Z");
    }

    @Test
    void foldsThatOverlapAreRefused() {
        WalkForwardSplit fold = WalkForwardSplit.at(FIRST, FROM, FROM.plus(MONTH), DAY);

        assertThatThrownBy(() -> new RetrainingPlan(List.of(fold, fold)))
                .hasMessageStartingWith("folds must follow each other");
    }

    @Test
    void noModelIsMadeForATimeInWhichNothingIsAsked() {
        WindowSet windows = SyntheticMarket.windows(SyntheticMarket::noise, 1000, 4, 1);
        Instant from = windows.asOf(100);
        RetrainingPlan plan = RetrainingPlan.of(
                windows.asOf(0), from, from.plus(Duration.ofDays(20)), Duration.ofDays(5), Duration.ofHours(4));
        WindowSet asked = windows.between(from.plus(Duration.ofDays(7)), from.plus(Duration.ofDays(12)));

        assertThat(plan.judging(asked).folds())
                .extracting(WalkForwardSplit::testFrom)
                .containsExactly(from.plus(Duration.ofDays(5)), from.plus(Duration.ofDays(10)));
        assertThatThrownBy(() -> plan.judging(windows.between(FIRST, FIRST)))
                .isInstanceOf(NoDataException.class)
                .hasMessageStartingWith("no window of what is asked about ends between");
    }
}
