package io.mlpool.training.network;

import io.mlpool.model.Algorithm;
import io.mlpool.training.Assignment;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.dataset.WindowSet;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Trains one LSTM for all assets and horizons on the pinball loss, and stops when the validation loss has not fallen for a
 * while. With the same seed, data and settings it makes the same network bit for bit, in one go or resumed after any epoch, on
 * one machine with {@code OMP_NUM_THREADS=1}.
 */
@Component
@EnableConfigurationProperties(LstmProperties.class)
public final class LstmTrainer implements Trainer {

    private final LstmProperties settings;

    LstmTrainer(LstmProperties settings) {
        this.settings = settings;
    }

    @Override
    public Algorithm algorithm() {
        return Algorithm.LSTM;
    }

    @Override
    public Map<String, String> settings() {
        return settings.byName();
    }

    @Override
    public LstmTrainer with(Map<String, String> hyperParameters) {
        return hyperParameters.isEmpty() ? this : new LstmTrainer(settings.with(hyperParameters));
    }

    @Override
    public Map<String, String> engine() {
        return Engine.describe();
    }

    @Override
    public void requireFit(byte[] network, WindowSet windows) {
        NetworkTraining.requireFit(new LstmNetwork(settings), windows, network);
    }

    /**
     * {@inheritDoc}
     *
     * @throws CannotFineTuneException when the champion's network takes or answers something else than these windows
     */
    @Override
    public TrainedModel train(WindowSet train, WindowSet validation, Assignment assignment) {
        return NetworkTraining.begin(new LstmNetwork(settings), train, validation, assignment)
                .toTheEnd(settings.byName());
    }
}
