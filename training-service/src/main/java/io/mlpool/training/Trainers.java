package io.mlpool.training;

import io.mlpool.model.Algorithm;
import java.util.List;

/**
 * Who makes models.
 *
 * @param all one for each algorithm, the naive one among them
 */
public record Trainers(List<Trainer> all) {

    public Trainers {
        all = List.copyOf(all);
    }

    /**
     * The trainer of this algorithm, as it is set up.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Trainer of(Algorithm algorithm) {
        return all.stream()
                .filter(trainer -> trainer.algorithm() == algorithm)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no trainer makes %s models, there are %s"
                        .formatted(
                                algorithm.label(),
                                all.stream()
                                        .map(trainer -> trainer.algorithm().label())
                                        .toList())));
    }
}
