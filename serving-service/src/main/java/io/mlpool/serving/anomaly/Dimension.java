package io.mlpool.serving.anomaly;

/**
 * One of the numbers that are watched together.
 *
 * @param name for people: {@code return}
 * @param least spread that matters, in its unit: what moves less is taken for as good as constant; 0 for whatever moves
 */
public record Dimension(String name, double least) {

    public Dimension {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a dimension must not be blank");
        }
        if (!(least >= 0) || Double.isInfinite(least)) {
            throw new IllegalArgumentException(
                    "least of %s must be finite and not negative, found %s".formatted(name, least));
        }
    }
}
