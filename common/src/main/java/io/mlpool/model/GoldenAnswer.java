package io.mlpool.model;

/**
 * A real window and the model's answer to it when the bundle was made: whoever loads the bundle asks again and must hear the
 * same.
 *
 * @param window {@code [steps x width]}
 * @param forecast {@code [horizons x levels]}, before calibration
 */
public record GoldenAnswer(float[] window, float[] forecast) {

    /** Largest difference that another processor's arithmetic may make. */
    public static final float TOLERANCE = 1e-4f;

    /**
     * Asks the forecaster again.
     *
     * @throws BrokenBundleException when an answer differs by more than {@link #TOLERANCE}
     */
    public void verify(Forecaster forecaster) {
        float[] found = forecaster.forecast(window, 1);
        for (int i = 0; i < forecast.length; i++) {
            if (!(Math.abs(found[i] - forecast[i]) <= TOLERANCE)) {
                throw new BrokenBundleException(
                        "golden answer %d is %s, the model now says %s: it computes something else here than where it was made"
                                .formatted(i, forecast[i], found[i]));
            }
        }
    }
}
