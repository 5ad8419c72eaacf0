package io.mlpool.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.training.SyntheticMarket;
import io.mlpool.training.dataset.WindowSet;
import org.junit.jupiter.api.Test;

class ScalerTest {

    private static final int STEPS = 8;
    private static final WindowSet WINDOWS = SyntheticMarket.windows(SyntheticMarket::noise, 2_000, STEPS, 1);

    @Test
    void scaledFeaturesHaveMeanZeroAndDeviationOne() {
        Scaler scaler = Scaler.fit(WINDOWS, 1);
        int width = WINDOWS.schema().width();
        double[] sums = new double[width];
        double[] squares = new double[width];
        float[] window = new float[STEPS * width];
        for (int i = 0; i < WINDOWS.size(); i++) {
            WINDOWS.copyWindow(i, window, 0);
            scaler.apply(window, window.length);
            for (int k = 0; k < window.length; k++) {
                sums[k % width] += window[k];
                squares[k % width] += window[k] * window[k];
            }
        }
        double count = (double) WINDOWS.size() * STEPS;
        for (int feature = 0; feature < width; feature++) {
            assertThat(sums[feature] / count).isCloseTo(0, within(1e-4));
            boolean moves = !WINDOWS.schema().names().get(feature).equals("still_24"); // noise never stands still
            assertThat(squares[feature] / count).isCloseTo(moves ? 1 : 0, within(1e-3));
        }
    }

    @Test
    void aFeatureThatNeverMovedSaysNothing() {
        WindowSet one = SyntheticMarket.windows((hour, previous, normal) -> 0, 2_000, STEPS, 1);
        Scaler scaler = Scaler.fit(one, 1);
        float[] window = new float[STEPS * one.schema().width()];
        WINDOWS.copyWindow(0, window, 0);
        scaler.apply(window, window.length);
        assertThat(window[one.schema().names().indexOf("return_1")]).isZero();
    }
}
