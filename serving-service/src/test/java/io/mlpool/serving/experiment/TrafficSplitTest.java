package io.mlpool.serving.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is answered by which arm. */
class TrafficSplitTest {

    private static final TrafficSplit TENTH = new TrafficSplit("price-1h", 1, 2, "salt", 0.1);

    @Test
    void shareOfTheUnitsIsTheChallengers() {
        assertThat(IntStream.range(0, 10_000)
                        .filter(i -> TENTH.arm("unit " + i) == Arm.CHALLENGER)
                        .count())
                .as("three standard deviations around a tenth")
                .isBetween(910L, 1090L);
    }

    /** The points are 0.0992 and 0.1285: {@code (int.from_bytes(hashlib.sha256(b"salt\\0key c").digest()[:8]) >> 11) / 2**53} in Python. */
    @Test
    void armIsThatOfEveryReplica() {
        assertThat(TENTH.arm("key c")).isEqualTo(Arm.CHALLENGER);
        assertThat(TENTH.arm("key d")).isEqualTo(Arm.CONTROL);
    }

    @Test
    void anotherSaltMixesAnew() {
        TrafficSplit other = new TrafficSplit("price-1h", 1, 2, "pepper", 0.1);

        long both = IntStream.range(0, 10_000)
                .filter(i -> TENTH.arm("unit " + i) == Arm.CHALLENGER && other.arm("unit " + i) == Arm.CHALLENGER)
                .count();

        assertThat(both).as("a tenth of a tenth").isBetween(60L, 140L);
    }
}
