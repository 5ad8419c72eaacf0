package io.mlpool.training.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.ForecastShape;
import io.mlpool.training.Assignment;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.SyntheticMarket;
import io.mlpool.training.Trainer;
import io.mlpool.training.TrainerContract;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.naive.RandomWalk;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VolatilityTrainerTest extends TrainerContract {

    private static final WindowSet TEST = SyntheticMarket.windows(SyntheticMarket::pattern, 2_500, CONTRACT_STEPS, 13);

    @Override
    protected Trainer small() {
        return new VolatilityTrainer(new VolatilityProperties(100, 5_000, true));
    }

    @Test
    void itKnowsTheHoursWhenTheMarketIsWild() {
        Forecasts forecasts = Forecasts.of(train("hours", 1, epoch -> {}).forecaster(), TEST);
        double wild = 0;
        double calm = 0;
        for (int i = 0; i < TEST.size(); i++) {
            double width = forecasts.quantile(i, 0, 6) - forecasts.quantile(i, 0, 0);
            int hour = TEST.asOf(i).atZone(java.time.ZoneOffset.UTC).getHour();
            wild += hour >= 13 && hour < 23 ? width * TEST.volatility(i) : 0;
            calm += hour >= 1 && hour < 11 ? width * TEST.volatility(i) : 0;
        }
        assertThat(wild / calm).as("three times as wild in half of the day").isBetween(2.2, 3.5);
        assertThat(loss(forecasts)).isLessThan(0.95 * loss(Forecasts.constant(RandomWalk.fit(FEW), TEST)));
    }

    /** Shares over 2,100 windows; the standard error of one is below 1.1 %. */
    @Test
    void asManyReturnsFallBelowEachQuantileAsItsLevelSays() {
        Forecasts forecasts = Forecasts.of(train("levels", 1, epoch -> {}).forecaster(), TEST);
        for (int level = 0; level < ForecastShape.DEFAULT_LEVELS.size(); level++) {
            int below = 0;
            for (int i = 0; i < TEST.size() - 4; i++) {
                below += TEST.target(i, 0) < forecasts.quantile(i, 0, level) ? 1 : 0;
            }
            assertThat((double) below / (TEST.size() - 4))
                    .isCloseTo(ForecastShape.DEFAULT_LEVELS.get(level), within(0.04));
        }
    }

    /** In this market prices rise by half of their volatility an hour. */
    @Test
    void itSaysNothingOfTheDirection() {
        WindowSet rising =
                SyntheticMarket.windows((hour, previous, normal) -> 0.005 + 0.01 * normal, 800, CONTRACT_STEPS, 3);
        Trainer trainer = new VolatilityTrainer(new VolatilityProperties(100, 5_000, false));
        Forecasts forecasts = Forecasts.of(
                trainer.train(rising, FEW_LATER, assignment("rising", 1, epoch -> {}))
                        .forecaster(),
                rising);
        assertThat(forecasts.quantile(7, 0, 3)).isCloseTo(0, within(1e-6));
        assertThat(forecasts.quantile(7, 0, 6)).isCloseTo(-forecasts.quantile(7, 0, 0), within(1e-6));
    }

    @Test
    void whetherItAlsoLearnsFromTheValidationWindowsIsASetting() {
        Trainer without = new VolatilityTrainer(new VolatilityProperties(100, 5_000, false));
        byte[] blind = without.train(FEW, FEW_LATER, assignment("blind", 1, epoch -> {}))
                .onnx();
        assertThat(without.train(FEW, TEST, assignment("blind", 1, epoch -> {})).onnx())
                .isEqualTo(blind);
        assertThat(train("seeing", 1, epoch -> {}).onnx()).isNotEqualTo(blind);
    }

    @Test
    void thereIsNothingToFineTune() {
        Assignment tuning = new Assignment(
                1,
                StoredFolder.plain(Path.of("unused")),
                Optional.of(StoredFile.plain(Path.of("network.zip"))),
                epoch -> {});
        assertThatExceptionOfType(CannotFineTuneException.class)
                .isThrownBy(() -> small().train(FEW, FEW_LATER, tuning))
                .withMessageContaining("fitted afresh");
    }

    private static double loss(Forecasts forecasts) {
        double sum = 0;
        for (int i = 0; i < TEST.size() - 4; i++) {
            sum += forecasts.loss(i, 0) + forecasts.loss(i, 1);
        }
        return sum;
    }
}
