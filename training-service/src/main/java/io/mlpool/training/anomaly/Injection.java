package io.mlpool.training.anomaly;

import com.fasterxml.jackson.annotation.JsonValue;
import io.mlpool.anomaly.Dimension;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A kind of anomaly that is put into a candle, in spreads of each dimension: how it would look had it happened. */
enum Injection {
    /** The price jumps, the market does not: return and spread go the same way, and the range holds the jump. */
    SPIKE("spike", 6, 20),
    /** Much more is traded than usual, and the price does nothing. */
    VOLUME_JUMP("volume_jump", 6, 20),
    /** The market moves, and the asset, which moves with it else, does not: only the spread tells. */
    BREAK("break", 6, 20);

    private final String label;
    private final double least;
    private final double most;

    Injection(String label, double least, double most) {
        this.label = label;
        this.least = least;
        this.most = most;
    }

    @JsonValue
    String label() {
        return label;
    }

    /** What it adds to each dimension. */
    Map<Dimension, Double> drawn(RandomGenerator random) {
        double size = random.nextDouble(least, most);
        double moved = random.nextBoolean() ? size : -size;
        return switch (this) {
            case SPIKE -> Map.of(Dimension.RETURN, moved, Dimension.SPREAD, moved, Dimension.RANGE, size);
            case VOLUME_JUMP -> Map.of(Dimension.VOLUME, size);
            case BREAK -> Map.of(Dimension.SPREAD, moved);
        };
    }
}
