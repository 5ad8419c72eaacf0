package io.mlpool.ingest.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPaceTest {

    private static final Instant START = Instant.parse("2026-03-10T12:00:00Z");
    private final SettableClock clock = new SettableClock(START);

    @ParameterizedTest
    @CsvSource({"5,6", "25,30", "250,300"})
    void noMinuteSeesMoreThanItsShare(int requestsPerMinute, int most) {
        RequestPace pace = RequestPace.withBurst(requestsPerMinute, clock, clock::advance);
        List<Instant> sent = new ArrayList<>();
        while (clock.instant().isBefore(START.plus(Duration.ofMinutes(4)))) {
            pace.await();
            sent.add(clock.instant());
        }

        for (Instant begin : sent) {
            Instant end = begin.plus(Duration.ofMinutes(1));
            assertThat(sent.stream().filter(time -> !time.isBefore(begin) && time.isBefore(end)))
                    .hasSizeLessThanOrEqualTo(most);
        }
        assertThat(sent).hasSizeGreaterThanOrEqualTo(4 * requestsPerMinute);
    }

    @Test
    void whenHeldBackWaitsForTheWholeTime() {
        RequestPace pace = RequestPace.withBurst(60, clock, clock::advance);

        pace.holdFor(Duration.ofSeconds(119));
        pace.await();

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(119));
    }
}
