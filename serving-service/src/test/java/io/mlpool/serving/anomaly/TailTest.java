package io.mlpool.serving.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Against the formulas of Hosking and Wallis in a few lines of Python, on a thousand quantiles of each distribution. */
class TailTest {

    @Test
    void anExponentialTail() {
        Tail tail = of(u -> -Math.log(1 - u));

        assertThat(tail.quantile(0.005)).isCloseTo(5.302267426762052, within(1e-6));
        assertThat(tail.probability(6.302267426762052)).isCloseTo(0.0018555899330606248, within(1e-8));
    }

    @Test
    void aHeavyTail() {
        Tail tail = of(u -> Math.pow(1 - u, -0.25));

        assertThat(tail.quantile(0.005)).isCloseTo(3.73070969017086, within(1e-6));
        assertThat(tail.probability(4.73070969017086)).isCloseTo(0.0018975690053880069, within(1e-8));
    }

    @Test
    void aTailWithAnEnd() {
        Tail tail = of(u -> u);

        assertThat(tail.quantile(0.005)).isCloseTo(0.995450013865291, within(1e-6));
        assertThat(tail.probability(1.2)).isZero();
    }

    @Test
    void scoresThatAllAreTheSameHaveNoTail() {
        Tail tail = of(u -> 1);

        assertThat(tail.quantile(0.005)).isEqualTo(1);
        assertThat(tail.probability(1.001)).isZero();
    }

    @Test
    void onlyTheNewestScoresCount() {
        Tail tail = new Tail(1_000);
        for (int i = 0; i < 500; i++) {
            tail.learn(1_000);
        }

        assertThat(fill(tail, u -> u).quantile(0.005)).isCloseTo(0.99545, within(1e-5));
    }

    @Test
    void itGoesOnWhereAnotherOneWas() {
        Tail before = of(u -> u);
        Tail after = new Tail(1_000);

        after.restore(before.scores());

        for (int i = 0; i < 300; i++) {
            before.learn(i);
            after.learn(i);
            assertThat(after.quantile(0.01)).isEqualTo(before.quantile(0.01));
        }
    }

    private static Tail of(DoubleUnaryOperator quantile) {
        return fill(new Tail(1_000), quantile);
    }

    private static Tail fill(Tail tail, DoubleUnaryOperator quantile) {
        for (int i = 0; i < 1_000; i++) {
            tail.learn((float) quantile.applyAsDouble((i * 7919 % 1_000 + 0.5) / 1_000));
        }
        return tail;
    }
}
