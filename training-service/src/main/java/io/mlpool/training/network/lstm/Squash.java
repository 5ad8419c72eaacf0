package io.mlpool.training.network.lstm;

import static io.mlpool.training.network.vector.MatrixProduct.LANES;
import static io.mlpool.training.network.vector.MatrixProduct.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Hyperbolic tangent and logistic function, in place over a block of an array.
 *
 * <p>The tangent is the quotient of polynomials of degree 13 and 6 that Eigen uses ({@code generic_fast_tanh_float} in
 * {@code Eigen/src/Core/MathFunctionsImpl.h}), within a few units in the last place of the true value; beyond the limit
 * it is 1 in float. The logistic function is {@code tanh(x / 2) / 2 + 1 / 2}, so both share one loop.
 *
 * <p>The methods take arrays, not vectors: a {@code FloatVector} handed to a method that the compiler decides not to
 * inline is boxed on the heap, many times slower than the arithmetic itself.
 */
final class Squash {

    private static final float LIMIT = 7.905311f;

    private Squash() {}

    /** Replaces every element of the block by its hyperbolic tangent. */
    static void tanh(float[] values, int start, int rows, int rowStride, int columns) {
        squash(values, start, rows, rowStride, columns, 1f);
    }

    /** Replaces every element {@code x} of the block by {@code 1 / (1 + exp(-x))}. */
    static void sigmoid(float[] values, int start, int rows, int rowStride, int columns) {
        squash(values, start, rows, rowStride, columns, 0.5f);
    }

    /** Replaces x by {@code scale * tanh(scale * x) + (1 - scale)}. */
    private static void squash(float[] values, int start, int rows, int rowStride, int columns, float scale) {
        for (int row = 0; row < rows; row++) {
            int from = start + row * rowStride;
            for (int i = from; i < from + columns; i += LANES) {
                FloatVector x = FloatVector.fromArray(SPECIES, values, i)
                        .mul(scale)
                        .max(-LIMIT)
                        .min(LIMIT);
                FloatVector square = x.mul(x);
                FloatVector numerator = square.mul(-2.7607684e-16f)
                        .add(2.000188e-13f)
                        .fma(square, FloatVector.broadcast(SPECIES, -8.604672e-11f))
                        .fma(square, FloatVector.broadcast(SPECIES, 5.1222973e-8f))
                        .fma(square, FloatVector.broadcast(SPECIES, 1.48572235e-5f))
                        .fma(square, FloatVector.broadcast(SPECIES, 6.3726195e-4f))
                        .fma(square, FloatVector.broadcast(SPECIES, 4.8935246e-3f))
                        .mul(x);
                FloatVector denominator = square.mul(1.1982584e-6f)
                        .add(1.1853471e-4f)
                        .fma(square, FloatVector.broadcast(SPECIES, 2.2684347e-3f))
                        .fma(square, FloatVector.broadcast(SPECIES, 4.893525e-3f));
                numerator.div(denominator).mul(scale).add(1f - scale).intoArray(values, i);
            }
        }
    }
}
