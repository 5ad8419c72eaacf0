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
 * Trains one Transformer for all assets and horizons, as {@link LstmTrainer} trains its network: on the pinball loss, until the validation loss
 * has not fallen for a while, and bit for bit the same with the same seed, data and settings.
 */
@Component
@EnableConfigurationProperties(TransformerProperties.class)
public final class TransformerTrainer implements Trainer {

    private final TransformerProperties settings;

    TransformerTrainer(TransformerProperties settings) {
        this.settings = settings;
    }

    @Override
    public Algorithm algorithm() {
        return Algorithm.TRANSFORMER;
    }

    @Override
    public Map<String, String> settings() {
        return settings.byName();
    }

    @Override
    public TransformerTrainer with(Map<String, String> hyperParameters) {
        return hyperParameters.isEmpty() ? this : new TransformerTrainer(settings.with(hyperParameters));
    }

    @Override
    public Map<String, String> engine() {
        return Engine.describe();
    }

    @Override
    public void requireFit(byte[] network, WindowSet windows) {
        NetworkTraining.requireFit(new TransformerNetwork(settings), windows, network);
    }

    /**
     * {@inheritDoc}
     *
     * @throws CannotFineTuneException when the champion's network takes or answers something else than these windows
     */
    @Override
    public TrainedModel train(WindowSet train, WindowSet validation, Assignment assignment) {
        return NetworkTraining.begin(new TransformerNetwork(settings), train, validation, assignment)
                .toTheEnd(settings.byName());
    }
}
