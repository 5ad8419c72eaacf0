package io.mlpool.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RepeatedReadingTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-29T12:00:00Z"));
    private final AtomicBoolean databaseIsAway = new AtomicBoolean();
    private final RepeatedReading reading = new RepeatedReading(new Reading("candles", this::read), meters, clock);

    @Test
    void whatCannotBeReadGrowsOldAndIsReadAgainWhenItCan() {
        reading.take();
        databaseIsAway.set(true);
        clock.advance(Duration.ofSeconds(90));
        reading.take();
        assertThat(age()).isEqualTo(90);

        databaseIsAway.set(false);
        reading.take();

        assertThat(age()).isZero();
    }

    @Test
    void oneThatNeverSucceededIsAsOldAsTheService() {
        databaseIsAway.set(true);
        clock.advance(Duration.ofSeconds(5));
        reading.take();

        assertThat(age()).isEqualTo(5);
    }

    private void read() {
        if (databaseIsAway.get()) {
            throw new IllegalStateException("the database is away");
        }
    }

    private double age() {
        return meters.get("mlpool.reading.age")
                .tag("reading", "candles")
                .gauge()
                .value();
    }
}
