package io.mlpool.training.network.lstm;

import static io.mlpool.training.network.vector.MatrixProduct.TILE_ROWS;

import io.mlpool.training.network.vector.Matrix;

/**
 * What a slice of a batch keeps from the forward pass for the backward pass, for all steps.
 *
 * <p>A slice has at most {@value #ROWS} sequences: the gates of one step then fit the first-level cache, and half a
 * batch of 64 still is a slice of its own for a second thread. Sequences that fill up the last tile have zero inputs
 * and zero error, so they add nothing to any gradient.
 */
final class SliceMemory {

    static final int ROWS = 6 * TILE_ROWS;

    final LstmShape shape;
    final int steps;

    /** Per step and sequence {@code [inputs | 1 | hidden state before the step]}; one step more for the last state. */
    final float[] joined;

    /** Per step and sequence the four gates; during the backward pass replaced by the error of the pre-activations. */
    final float[] gates;

    /** Per step and sequence the cell state before the step; one step more for the last state. */
    final float[] cells;

    /** Per step and sequence the hyperbolic tangent of the cell state after the step. */
    final float[] cellTanh;

    SliceMemory(LstmShape shape, int steps) {
        this.shape = shape;
        this.steps = steps;
        this.joined = array(steps + 1, shape.joinedStride());
        this.gates = array(steps, shape.gateStride());
        this.cells = array(steps + 1, shape.hidden());
        this.cellTanh = array(steps, shape.hidden());
    }

    private static float[] array(int steps, int stride) {
        return new float[Math.multiplyExact(Math.multiplyExact(steps, ROWS), stride)];
    }

    int joinedStart(int step, int row) {
        return (step * ROWS + row) * shape.joinedStride();
    }

    /** Start of the hidden state that a sequence has after a step. */
    int hiddenStart(int step, int row) {
        return joinedStart(step + 1, row) + shape.hiddenColumn();
    }

    int gateStart(int step, int row) {
        return (step * ROWS + row) * shape.gateStride();
    }

    /** Start of the cell state that a sequence has before a step. */
    int cellStart(int step, int row) {
        return (step * ROWS + row) * shape.hidden();
    }

    Matrix joined(int step, int rows) {
        return Matrix.ofRows(joined, joinedStart(step, 0), rows, shape.joined(), shape.joinedStride());
    }

    /** The joined rows transposed and filled up to whole tiles, the left factor of the weight gradient. */
    Matrix joinedForGradient(int step, int rows) {
        return Matrix.ofRows(joined, joinedStart(step, 0), rows, shape.joinedStride(), shape.joinedStride())
                .transposed();
    }

    Matrix gates(int step, int rows) {
        return Matrix.ofRows(gates, gateStart(step, 0), rows, shape.gates(), shape.gateStride());
    }
}
