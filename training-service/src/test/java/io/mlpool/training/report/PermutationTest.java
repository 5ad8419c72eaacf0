package io.mlpool.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.model.Calibration;
import io.mlpool.model.FeatureImportance;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.Forecaster;
import io.mlpool.training.SyntheticMarket;
import io.mlpool.training.dataset.WindowSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermutationTest {

    private static final WindowSet WINDOWS = SyntheticMarket.windows(SyntheticMarket::pattern, 1000, 2, 1);
    private static final ForecastShape SHAPE = WINDOWS.shape();

    @Test
    void aForecasterThatLooksAtOneFeatureGivesItEverythingAndTheOthersNothing() {
        FeatureImportance importance = measure(new OneFeature("return_1"), 400, 1);

        FeatureImportance.Rise first = importance.features().getFirst();
        assertThat(first.name()).isEqualTo("return_1");
        assertThat(first.percent()).isGreaterThan(1);
        assertThat(first.rise()).isGreaterThan(2 * first.standardError());
        assertThat(importance.features().stream().skip(1))
                .hasSize(WINDOWS.schema().width() - 1)
                .allSatisfy(other -> {
                    assertThat(other.rise()).isZero();
                    assertThat(other.standardError()).isZero();
                });
    }

    @Test
    void featuresWhoseNamesBeginAlikeAreExchangedTogether() {
        FeatureImportance importance = measure(new OneFeature("hour_sin"), 400, 1);

        assertThat(importance.families())
                .extracting(FeatureImportance.Rise::name)
                .doesNotHaveDuplicates()
                .contains("return", "volatility", "hour", "turnover", "rsi");
        assertThat(importance.families())
                .filteredOn(family -> family.name().equals("hour"))
                .first()
                .extracting(FeatureImportance.Rise::rise)
                .as("the other hour feature is not looked at, so the family is worth what the one is worth")
                .isEqualTo(importance.features().stream()
                        .filter(feature -> feature.name().equals("hour_sin"))
                        .findFirst()
                        .orElseThrow()
                        .rise());
    }

    @Test
    void theSameSeedGivesTheSameNumbersAndAnotherSeedOthers() {
        FeatureImportance once = measure(new OneFeature("return_1"), 100, 7);

        assertThat(measure(new OneFeature("return_1"), 100, 7)).isEqualTo(once);
        assertThat(measure(new OneFeature("return_1"), 100, 8)
                        .features()
                        .getFirst()
                        .rise())
                .isNotEqualTo(once.features().getFirst().rise());
    }

    @Test
    void noMoreWindowsAreAskedAboutThanThereAre() {
        assertThat(measure(new OneFeature("return_1"), 1_000_000, 1).windows()).isEqualTo(WINDOWS.size());
    }

    private static FeatureImportance measure(Forecaster forecaster, int most, long seed) {
        return Permutation.measure(forecaster, Calibration.none(SHAPE), WINDOWS, most, 2, seed);
    }

    /** Says that what one feature shows at the newest step goes on, more or less. */
    private record OneFeature(String name) implements Forecaster {

        @Override
        public ForecastShape shape() {
            return SHAPE;
        }

        @Override
        public float[] forecast(float[] windows, int count) {
            List<String> names = WINDOWS.schema().names();
            int size = WINDOWS.schema().steps() * names.size();
            int at = size - names.size() + names.indexOf(name);
            float[] answers = new float[count * SHAPE.size()];
            for (int i = 0; i < answers.length; i++) {
                double level = SHAPE.levels().get(i % SHAPE.levels().size());
                answers[i] = (float) (0.5 * windows[i / SHAPE.size() * size + at] + 2 * level - 1);
            }
            return answers;
        }
    }
}
