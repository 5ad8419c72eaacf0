package io.mlpool.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.training.run.TrainingSlot.Kind;
import io.mlpool.training.run.TrainingSlot.Turn;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrainingSlotTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final TrainingSlot slot = new TrainingSlot(1, clock);

    @Test
    void whoHasWaitedLongestEntersFirstHoweverOftenTheOthersAsk() {
        try (Turn _ = enter("first")) {
            assertThat(slot.enter(Kind.RUN, "second")).isEmpty();
            assertThat(slot.enter(Kind.RUN, "third")).isEmpty();
        }

        assertThat(slot.enter(Kind.RUN, "third")).isEmpty();
        try (Turn _ = enter("second")) {
            assertThat(slot.enter(Kind.RUN, "third")).as("it is still in use").isEmpty();
        }
        assertThat(slot.enter(Kind.RUN, "third")).isPresent();
    }

    @Test
    void aRunThatWaitsWantsItUntilItEntersOrWithdraws() {
        try (Turn _ = enter("first")) {
            assertThat(slot.isWantedByRun()).isFalse();
            assertThat(slot.enter(Kind.RUN, "second")).isEmpty();
            assertThat(slot.enter(Kind.RUN, "third")).isEmpty();
            assertThat(slot.isWantedByRun()).isTrue();
        }
        enter("second").close();
        assertThat(slot.isWantedByRun()).isTrue();

        slot.withdraw(Kind.RUN, "third");

        assertThat(slot.isWantedByRun()).isFalse();
    }

    @Test
    void backtestsWaitForEachOtherToTheEnd() {
        try (Turn _ = enter("first")) {
            assertThat(slot.enter(Kind.BACKTEST, "second")).isEmpty();
            assertThat(slot.isWantedByRun()).isFalse();
        }
    }

    @Test
    void whoDoesNotAskAnyMoreKeepsNobodyWaiting() {
        try (Turn _ = enter("first")) {
            assertThat(slot.enter(Kind.RUN, "cancelled")).isEmpty();
            for (int i = 0; i <= 30; i++) {
                assertThat(slot.enter(Kind.RUN, "patient")).isEmpty();
                clock.advance(TrainingSlot.WAIT);
            }
        }

        assertThat(slot.enter(Kind.RUN, "patient")).isPresent();
        assertThat(slot.isWantedByRun()).isFalse();
    }

    @Test
    void asManyAreInItAsMayBe() {
        TrainingSlot two = new TrainingSlot(2, clock);

        assertThat(two.enter(Kind.RUN, "first")).isPresent();
        assertThat(two.enter(Kind.RUN, "second")).isPresent();
        assertThat(two.enter(Kind.RUN, "third")).isEmpty();
    }

    private Turn enter(String who) {
        return slot.enter(Kind.RUN, who).orElseThrow();
    }
}
