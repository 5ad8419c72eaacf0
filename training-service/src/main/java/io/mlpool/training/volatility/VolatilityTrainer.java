package io.mlpool.training.volatility;

import io.mlpool.model.Algorithm;
import io.mlpool.training.Assignment;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.scale.ScaleModel;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Fits the statistical model: the logarithm of the volatility until each horizon is a weighted sum of the logarithms of volatilities
 * of several spans (Corsi 2009, "A simple approximate long-memory model of realized volatility", and in logarithms Andersen,
 * Bollerslev and Diebold 2007), of the time of day and week, and of the other columns of a window's newest step; returns divided by
 * it have the quantiles that they had in the past, see {@link ScaleModel}. It is done in seconds: killed, it begins again.
 */
@Component
@EnableConfigurationProperties(VolatilityProperties.class)
public final class VolatilityTrainer implements Trainer {

    private final VolatilityProperties settings;

    VolatilityTrainer(VolatilityProperties settings) {
        this.settings = settings;
    }

    @Override
    public Algorithm algorithm() {
        return Algorithm.VOLATILITY;
    }

    @Override
    public Map<String, String> settings() {
        return settings.byName();
    }

    @Override
    public VolatilityTrainer with(Map<String, String> hyperParameters) {
        return hyperParameters.isEmpty() ? this : new VolatilityTrainer(settings.with(hyperParameters));
    }

    /**
     * {@inheritDoc}
     *
     * @throws CannotFineTuneException when there is a network to start from: it is always fitted afresh
     */
    @Override
    public TrainedModel train(WindowSet train, WindowSet validation, Assignment assignment) {
        if (assignment.startFrom().isPresent()) {
            throw new CannotFineTuneException("volatility is fitted afresh to every data set");
        }
        WindowSet learned = settings.refit() ? train.and(validation) : train;
        Runnable working = assignment.listener()::working;
        ScaleModel model = ScaleModel.fit(
                Regression.fit(learned, settings, working), learned.thinned(settings.windows()), working);
        return new TrainedModel(model, model.graph(), Optional.empty(), settings.byName());
    }
}
