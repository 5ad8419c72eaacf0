package io.mlpool.serving.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScalingTest {

    /**
     * The hundred values {@code i * 7919 % 1000 / 10}: median 49.2 and interquartile range 51.1 as values of the series,
     * asinh((90 - 49.2) / (51.1 / 1.349)) = 0.93485, in steps of 1/64 0.9375: by a few lines of Python.
     */
    @Test
    void theScaleIsThatOfMedianAndInterquartileRange() {
        Scaling scaling = new Scaling(100, 0);
        for (int i = -50; i <= 100; i++) {
            scaling.learn(Math.floorMod(i * 7919, 1_000) / 10.0);
        }

        assertThat(scaling.scaled(90)).isEqualTo(0.9375);
        assertThat(scaling.scaled(49.2)).isZero();
        assertThat(scaling.unscaled(0.9348464206833101)).isCloseTo(90, within(1e-9));
    }

    @Test
    void itDoesNotMatterInWhichUnitAValueIsGiven() {
        Scaling small = new Scaling(64, 0);
        Scaling large = new Scaling(64, 0);
        for (int i = 0; i < 200; i++) {
            double value = Math.floorMod(i * 7919, 1_000);
            small.learn(value / 1_024);
            large.learn(value * 1_024);
        }

        assertThat(small.scaled(5_000 / 1_024.0)).isEqualTo(large.scaled(5_000 * 1_024));
    }

    @Test
    void mostlyEqualValuesHaveTheSpreadOfTheRest() {
        Scaling scaling = new Scaling(100, 0);
        for (int i = 0; i < 100; i++) {
            scaling.learn(i % 10 == 0 ? 10 : 0);
        }

        assertThat(scaling.scaled(0)).isZero();
        assertThat(scaling.scaled(10)).isCloseTo(2.998, within(0.01));
    }

    @Test
    void constantValuesHaveNoSpreadButAnyMoveHasAnEnd() {
        Scaling scaling = new Scaling(100, 0);
        for (int i = 0; i < 100; i++) {
            scaling.learn(7);
        }

        assertThat(scaling.scaled(7)).isZero();
        assertThat(scaling.scaled(8)).isBetween(7.0, 8.0).isEqualTo(scaling.scaled(1e300));
        assertThat(scaling.scaled(7 + 1e-9)).isZero();
    }

    @Test
    void whatMovesLessThanMattersIsAsGoodAsConstant() {
        Scaling scaling = new Scaling(100, 0.001);
        for (int i = 0; i < 100; i++) {
            scaling.learn(i % 2 * 1e-6);
        }

        assertThat(scaling.scaled(5e-6)).isZero();
    }

    @Test
    void itGoesOnWhereAnotherOneWas() {
        Scaling before = new Scaling(40, 0);
        Scaling after = new Scaling(40, 0);
        for (int i = 0; i < 63; i++) {
            before.learn(Math.floorMod(i * 7919, 100));
        }

        after.restore(before.values());

        for (int i = 0; i < 100; i++) {
            assertThat(after.scaled(i)).isEqualTo(before.scaled(i));
            before.learn(i);
            after.learn(i);
        }
    }
}
