package io.mlpool.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CoresTest {

    @Test
    void rangesAndSingleCoresAreRead() {
        assertThat(Cores.parse("0-2,8,10-11").numbers()).containsExactly(0, 1, 2, 8, 10, 11);
    }

    @Test
    void whoAnswersGetsTheFirst() {
        assertThat(Cores.parse("4-5").onTheFirst()).containsExactly("taskset", "-c", "4");
    }

    @Test
    void oneCoreIsNotEnough() {
        assertThatThrownBy(() -> Cores.parse("3"))
                .hasMessageContaining("needs two cores")
                .hasMessageContaining("[3]");
    }
}
