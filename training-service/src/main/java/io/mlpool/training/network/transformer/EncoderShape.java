package io.mlpool.training.network.transformer;

/**
 * How large an encoder is.
 *
 * @param features in a step
 * @param steps in a window
 * @param patch steps that make one token (Nie et al. 2023, "A time series is worth 64 words"); the oldest steps that make no whole one are left out
 * @param width numbers that stand for a token
 * @param blocks of attention and feed-forward
 * @param heads that share the width evenly
 * @param inner units of the feed-forward layers
 */
public record EncoderShape(int features, int steps, int patch, int width, int blocks, int heads, int inner) {

    /** Added to the variance of a token where it is normalised, so that one that is the same everywhere stays finite. */
    public static final float EPSILON = 1e-5f;

    public EncoderShape {
        if (features < 1 || patch < 1 || width < 1 || blocks < 1 || heads < 1 || inner < 1) {
            throw new IllegalArgumentException(
                    "an encoder needs something of everything, found features %d, patch %d, ".formatted(features, patch)
                            + "width %d, blocks %d, heads %d, inner %d".formatted(width, blocks, heads, inner));
        }
        if (width % heads != 0) {
            throw new IllegalArgumentException(
                    "width must be a multiple of the heads that share it, found %d and %d".formatted(width, heads));
        }
        if (steps < patch) {
            throw new IllegalArgumentException(
                    "a window of %d steps has no patch of %d: take a smaller one".formatted(steps, patch));
        }
    }

    public int tokens() {
        return steps / patch;
    }

    /** Oldest steps that no token is made of. */
    public int skippedSteps() {
        return steps % patch;
    }

    /** Numbers that a token is made of. */
    public int patchSize() {
        return patch * features;
    }

    public int headWidth() {
        return width / heads;
    }

    /** What scores of attention are multiplied by, so that they do not grow with the width of a head. */
    public float attentionScale() {
        return (float) (1 / Math.sqrt(headWidth()));
    }
}
