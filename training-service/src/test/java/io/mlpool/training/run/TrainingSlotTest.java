package io.mlpool.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.training.run.TrainingSlot.Turn;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrainingSlotTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final TrainingSlot slot = new TrainingSlot(1, clock);

    @Test
    void whoHasWaitedLongestEntersFirstHoweverOftenTheOthersAsk() {
        try (Turn _ = enter("first")) {
            assertThat(slot.enter("second")).isEmpty();
            assertThat(slot.enter("third")).isEmpty();
        }

        assertThat(slot.enter("third")).isEmpty();
        try (Turn _ = enter("second")) {
            assertThat(slot.enter("third")).as("it is still in use").isEmpty();
        }
        assertThat(slot.enter("third")).isPresent();
    }

    @Test
    void itIsWantedWhileAnybodyWaits() {
        try (Turn _ = enter("first")) {
            assertThat(slot.isWanted()).isFalse();
            assertThat(slot.enter("second")).isEmpty();
            assertThat(slot.isWanted()).isTrue();
        }
        enter("second");
        assertThat(slot.isWanted()).isFalse();
    }

    @Test
    void whoDoesNotAskAnyMoreKeepsNobodyWaiting() {
        try (Turn _ = enter("first")) {
            assertThat(slot.enter("cancelled")).isEmpty();
            for (int i = 0; i < 6; i++) {
                assertThat(slot.enter("patient")).isEmpty();
                clock.advance(TrainingSlot.WAIT);
            }
        }

        assertThat(slot.enter("patient")).isPresent();
        assertThat(slot.isWanted()).isFalse();
    }

    @Test
    void asManyAreInItAsMayBe() {
        TrainingSlot two = new TrainingSlot(2, clock);

        assertThat(two.enter("first")).isPresent();
        assertThat(two.enter("second")).isPresent();
        assertThat(two.enter("third")).isEmpty();
    }

    private Turn enter(String who) {
        return slot.enter(who).orElseThrow();
    }
}
