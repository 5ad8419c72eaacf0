package io.mlpool.ingest.coingecko;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CreditBudgetTest {

    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-31T23:59:00Z"));

    @Test
    void replicasTogetherNeverTakeMoreThanThereIs() throws Exception {
        List<Future<Boolean>> taken = new ArrayList<>();
        try (ExecutorService replicas = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 60; i++) {
                CreditBudget own = budget();
                taken.add(replicas.submit(() -> took(own)));
            }
        }
        long granted = 0;
        for (Future<Boolean> one : taken) {
            granted += one.get() ? 1 : 0;
        }

        assertThat(granted).isEqualTo(40);
        assertThat(budget().used()).isEqualTo(40);
        assertThat(budget().left()).isZero();
    }

    @Test
    void whenUsedUpSaysWhatToDoAndGoesOnNextMonth() {
        for (int i = 0; i < 40; i++) {
            budget().take();
        }

        assertThatExceptionOfType(CoinGeckoException.class)
                .isThrownBy(() -> budget().take())
                .withMessageContaining("the 40 credits of 2026-01 are used up")
                .withMessageContaining("mlpool.ingest.coingecko.monthly-credits");
        clock.set(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(budget().take()).isEqualTo(LocalDate.of(2026, 2, 1));
        assertThat(budget().used()).isEqualTo(1);
    }

    @Test
    void creditGivenBackReturnsToTheMonthItWasTakenFrom() {
        LocalDate january = budget().take();
        clock.set(Instant.parse("2026-02-01T00:00:01Z"));
        budget().take();

        budget().giveBack(january);

        assertThat(budget().used()).isEqualTo(1);
        clock.set(Instant.parse("2026-01-31T00:00:00Z"));
        assertThat(budget().used()).isZero();
    }

    private CreditBudget budget() {
        return new CreditBudget(database.jdbc(), clock, 40);
    }

    private static boolean took(CreditBudget budget) {
        try {
            budget.take();
            return true;
        } catch (CoinGeckoException e) {
            return false;
        }
    }
}
