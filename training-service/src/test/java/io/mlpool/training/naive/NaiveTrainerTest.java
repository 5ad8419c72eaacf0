package io.mlpool.training.naive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.ForecastShape;
import io.mlpool.training.Assignment;
import io.mlpool.training.SyntheticMarket;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.network.Parity;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NaiveTrainerTest {

    private static final WindowSet TRAIN = SyntheticMarket.windows(SyntheticMarket::noise, 3_000, 8, 1);
    private static final WindowSet LATER = SyntheticMarket.windows(SyntheticMarket::noise, 3_000, 8, 2);

    private final TrainedModel model = new NaiveTrainer()
            .train(
                    TRAIN,
                    LATER,
                    new Assignment(1, StoredFolder.plain(Path.of("unused")), Optional.empty(), epoch -> {}));

    @Test
    void asManyReturnsFallBelowEachQuantileAsItsLevelSays() {
        float[] quantiles = model.forecaster().forecast(new float[0], 1);
        for (int i = 0; i < quantiles.length; i++) {
            int horizon = i / ForecastShape.DEFAULT_LEVELS.size();
            double level = ForecastShape.DEFAULT_LEVELS.get(i % ForecastShape.DEFAULT_LEVELS.size());
            assertThat(shareBelow(horizon, quantiles[i])).isCloseTo(level, within(1e-3));
        }
    }

    @Test
    void itsGraphAnswersEveryWindowOfABatchLikeIt() {
        assertThat(Parity.check(model, LATER)).isZero();
    }

    @Test
    void thereIsNothingToFineTune() {
        assertThat(model.network()).isEmpty();
        assertThat(model.parameters()).containsEntry("windows", Integer.toString(TRAIN.size()));
    }

    @Test
    void aHorizonWithoutAnyKnownTargetCannotBeFitted() {
        WindowSet newest = TRAIN.select(new int[] {TRAIN.size() - 1});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomWalk.fit(newest))
                .withMessage("none of 1 windows has a known target 4h ahead");
    }

    @Test
    void theLastPriceIsForecastWithoutDoubt() {
        assertThat(new LastPrice(SyntheticMarket.SHAPE).forecast(new float[0], 2))
                .hasSize(28)
                .containsOnly(0);
    }

    private static double shareBelow(int horizon, double quantile) {
        int below = 0;
        int known = 0;
        for (int i = 0; i < TRAIN.size(); i++) {
            if (!Float.isNaN(TRAIN.target(i, horizon))) {
                known++;
                below += TRAIN.target(i, horizon) < quantile ? 1 : 0;
            }
        }
        return (double) below / known;
    }
}
