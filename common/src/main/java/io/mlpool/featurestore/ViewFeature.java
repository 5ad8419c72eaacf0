package io.mlpool.featurestore;

/**
 * One column of a view. Values are 32-bit floats; NaN is a value that cannot be known.
 *
 * @param name unique within the view
 * @param meaning what a value says, and its unit
 */
public record ViewFeature(String name, String meaning) {

    public ViewFeature {
        if (!name.matches("[a-z][a-z0-9_]*") || meaning.isBlank()) {
            throw new IllegalArgumentException(
                    "a feature has a name of small letters, digits and _ and a meaning, found '%s': '%s'"
                            .formatted(name, meaning));
        }
    }
}
