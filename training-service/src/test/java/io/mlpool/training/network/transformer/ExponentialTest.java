package io.mlpool.training.network.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExponentialTest {

    @Test
    void isThatOfJavaToSevenDigits() {
        for (float x = 0; x > -87; x -= 0.0137f) {
            double expected = Math.exp(x);
            assertThat((double) Exponential.of(x)).isEqualTo(expected, within(3e-7 * expected));
        }
    }

    @Test
    void ofWhatIsVerySmallItIsNothing() {
        assertThat(Exponential.of(-1000)).isZero();
        assertThat(Exponential.of(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(Exponential.of(0)).isOne();
    }
}
