package io.mlpool.training.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.training.SyntheticMarket;
import io.mlpool.training.dataset.WindowSet;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowColumnsTest {

    private static final int STEPS = 16;
    private static final WindowSet WINDOWS = SyntheticMarket.windows(SyntheticMarket::pattern, 500, STEPS, 1);

    @Test
    void aRowHoldsTheNewestStepAndHowStrongTheLastOnesWere() {
        WindowColumns columns = new WindowColumns(WINDOWS.schema());
        int width = WINDOWS.schema().width();
        float[] window = new float[columns.windowSize()];
        WINDOWS.copyWindow(20, window, 0);
        float[] row = columns.rows(WINDOWS, new int[] {20});
        assertThat(row)
                .as("spans of 4 and 16 steps; one of 64 does not fit")
                .hasSize(width + 2 * columns.summarised().size())
                .startsWith(Arrays.copyOfRange(window, window.length - width, window.length));
        int returns = WINDOWS.schema().names().indexOf("return_1");
        double mean = IntStream.range(STEPS - 4, STEPS)
                .mapToDouble(step -> Math.abs(window[step * width + returns]))
                .average()
                .orElseThrow();
        assertThat((double) row[width]).isCloseTo(mean, within(1e-6));
    }

    @Test
    void everyColumnIsOfTheFeatureThatItIsMadeFrom() {
        WindowColumns columns = new WindowColumns(WINDOWS.schema());
        float[] window = new float[columns.windowSize()];
        WINDOWS.copyWindow(20, window, 0);
        float[] before = columns.rows(window, 1);
        for (int feature = 0; feature < columns.features(); feature++) {
            float[] changed = window.clone();
            changed[(STEPS - 1) * columns.features() + feature] += 1000;
            float[] after = columns.rows(changed, 1);
            int one = feature;
            assertThat(IntStream.range(0, columns.count()).filter(column -> before[column] != after[column]))
                    .containsExactlyElementsOf(IntStream.range(0, columns.count())
                            .filter(column -> columns.feature(column) == one)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void whatCameTrueIsTheRootOfTheMeanSquareOfTheNextReturns() {
        double sum = 0;
        for (int hour = 0; hour < 4; hour++) {
            double move = WINDOWS.target(30 + hour, 0) * WINDOWS.volatility(30 + hour);
            sum += move * move;
        }
        assertThat(WINDOWS.realised(30, 1)).isCloseTo(Math.sqrt(sum / 4) / WINDOWS.volatility(30), within(1e-5));
        assertThat(WINDOWS.realised(WINDOWS.size() - 1, 1)).isNaN();
    }
}
