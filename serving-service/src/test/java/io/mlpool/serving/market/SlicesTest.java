package io.mlpool.serving.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlicesTest {

    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");

    @Test
    void whatWasSilentForYearsIsNotReadTogetherWithTheRest() {
        assertThat(sliced(10, 0, 1_000, 1_001)).containsExactly(List.of(day(0)), List.of(day(1_000), day(1_001)));
    }

    @Test
    void sliceIsNoLongerThanAllowedAndHoldsNoMore() {
        assertThat(sliced(10, 2, 0, 1, 4, 3)).containsExactly(List.of(day(0), day(1), day(2), day(3)), List.of(day(4)));
        assertThat(sliced(2, 0, 0, 0)).containsExactly(List.of(day(0), day(0)), List.of(day(0)));
    }

    @Test
    void nothingHasNoSlices() {
        assertThat(sliced(10)).isEmpty();
    }

    private static List<List<Instant>> sliced(int most, int... days) {
        List<Instant> times = IntStream.of(days).mapToObj(SlicesTest::day).toList();
        return Slices.of(times, Function.identity(), most, Duration.ofDays(3));
    }

    private static Instant day(int number) {
        return START.plus(Duration.ofDays(number));
    }
}
