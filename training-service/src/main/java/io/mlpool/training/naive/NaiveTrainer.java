package io.mlpool.training.naive;

import io.mlpool.model.Algorithm;
import io.mlpool.training.Assignment;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.network.onnx.ConstantGraph;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Fits a {@link RandomWalk}; there are no epochs, and nothing to fine-tune. */
@Component
public final class NaiveTrainer implements Trainer {

    @Override
    public Algorithm algorithm() {
        return Algorithm.NAIVE;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public Trainer with(Map<String, String> hyperParameters) {
        if (!hyperParameters.isEmpty()) {
            throw new IllegalArgumentException(
                    "the naive forecast has no hyper-parameters, found " + hyperParameters.keySet());
        }
        return this;
    }

    @Override
    public TrainedModel train(WindowSet train, WindowSet validation, Assignment assignment) {
        RandomWalk walk = RandomWalk.fit(train);
        byte[] graph = ConstantGraph.write(train.schema(), train.shape(), walk.quantiles());
        return new TrainedModel(walk, graph, Optional.empty(), Map.of("windows", Integer.toString(train.size())));
    }
}
