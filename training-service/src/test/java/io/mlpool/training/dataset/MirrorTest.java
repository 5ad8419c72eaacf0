package io.mlpool.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.features.FeatureSchema;
import io.mlpool.training.SyntheticMarket;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MirrorTest {

    private static final int STEPS = 4;
    private static final FeatureSchema SCHEMA = SyntheticMarket.schema(STEPS);
    private static final int WINDOW = STEPS * SCHEMA.width();

    /** Turnover is price times volume, and a drawdown turned over is a run-up. */
    private static final List<String> UNSYMMETRICAL =
            List.of("drawdown_168", "turnover", "turnover_score_168", "turnover_change_1", "turnover_change_24");

    /** What counts in prices, not in their logarithms, is only nearly symmetrical. */
    private static final List<String> IN_PRICES = List.of("rsi_14", "macd", "macd_histogram");

    private static final Offset<Float> NEARLY = Offset.offset(1e-3f);

    @Test
    void aWindowTurnedOverIsTheWindowOfTheMarketTurnedOver() {
        WindowSet windows = SyntheticMarket.windows(SyntheticMarket::noise, 600, STEPS, 3);
        WindowSet turned = SyntheticMarket.windows((h, previous, normal) -> -0.01 * normal, 600, STEPS, 3);
        float[] found = window(windows);
        float[] expected = window(turned);
        float[] targets = {windows.target(0, 0), windows.target(0, 1)};
        tossUntilTurned(found, targets);
        assertThat(targets).containsExactly(new float[] {turned.target(0, 0), turned.target(0, 1)}, NEARLY);
        for (int i = 0; i < WINDOW; i++) {
            String name = SCHEMA.names().get(i % SCHEMA.width());
            if (!UNSYMMETRICAL.contains(name)) {
                Offset<Float> tolerance = IN_PRICES.contains(name) ? Offset.offset(0.1f) : NEARLY;
                assertThat(found[i]).as(name).isCloseTo(expected[i], tolerance);
            }
        }
    }

    @Test
    void everySecondWindowIsTurnedOver() {
        Mirror mirror = new Mirror(SCHEMA, new SplittableRandom(4));
        int turned = 0;
        for (int i = 0; i < 1_000; i++) {
            float[] target = {1};
            mirror.toss(new float[WINDOW], 0, WINDOW, target, 0, 1);
            turned += target[0] < 0 ? 1 : 0;
        }
        assertThat(turned).isBetween(450, 550);
    }

    private static float[] window(WindowSet windows) {
        float[] window = new float[WINDOW];
        windows.copyWindow(0, window, 0);
        return window;
    }

    private static void tossUntilTurned(float[] window, float[] targets) {
        Mirror mirror = new Mirror(SCHEMA, new SplittableRandom(1));
        float before = targets[0];
        while (targets[0] == before) {
            mirror.toss(window, 0, WINDOW, targets, 0, targets.length);
        }
    }
}
