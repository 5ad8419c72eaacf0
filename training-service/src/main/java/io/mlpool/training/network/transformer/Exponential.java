package io.mlpool.training.network.transformer;

/** The exponential function in single precision, several times faster than {@link Math#exp}: the polynomial of Cephes' {@code expf} (Moshier 1992). */
final class Exponential {

    /** Below it the result is smaller than the smallest normal number. */
    private static final float LEAST = -87;

    private static final float LOG2_E = 1.442695f;
    private static final float LN2_HIGH = 0.6933594f;
    private static final float LN2_LOW = -0.00021219444f;

    private Exponential() {}

    /** Of a number that is not positive; within a few units in the last place, and 0 below {@value #LEAST}. */
    static float of(float x) {
        if (x < LEAST) {
            return 0;
        }
        int power = (int) (x * LOG2_E - 0.5f);
        float rest = x - power * LN2_HIGH - power * LN2_LOW;
        float y = 0.00019875691f;
        y = y * rest + 0.0013981999f;
        y = y * rest + 0.008333452f;
        y = y * rest + 0.041665796f;
        y = y * rest + 0.16666666f;
        y = y * rest + 0.5f;
        y = y * rest * rest + rest + 1;
        return y * Float.intBitsToFloat((power + 127) << 23);
    }
}
