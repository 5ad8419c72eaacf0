package io.mlpool.training.risk.evaluation;

/** A 95 % interval. */
public record Spread(double low, double high) {

    public Spread {
        if (!(low <= high)) {
            throw new IllegalArgumentException("low must not be above high, found %s and %s".formatted(low, high));
        }
    }
}
