package io.mlpool.training.network.lstm;

import static io.mlpool.training.network.vector.MatrixProduct.LANES;
import static io.mlpool.training.network.vector.MatrixProduct.TILE_COLUMNS;
import static io.mlpool.training.network.vector.MatrixProduct.TILE_ROWS;

/**
 * The sizes of a layer and of the arrays it computes in.
 *
 * <p>What a step multiplies by its weights is one row {@code [inputs | 1 | hidden state]}. The one stands for the bias:
 * a single product then gives the pre-activations, and a single product the gradients of all three parameters.
 *
 * @param inputs features of a step
 * @param hidden hidden units, a multiple of the vector length
 */
record LstmShape(int inputs, int hidden) {

    /**
     * Added to the length of a row that may be a multiple of 1 KiB. Rows at such distances compete for a few sets of the
     * first-level cache; one cache line more spreads them.
     */
    private static final int CACHE_LINE = 16;

    /** Above this the arrays of a slice would not fit Java's. */
    private static final int MAXIMUM = 8192;

    LstmShape {
        if (inputs < 1) {
            throw new IllegalArgumentException("inputs must be positive, found " + inputs);
        }
        if (hidden < 1 || hidden % LANES != 0) {
            throw new IllegalArgumentException(
                    "hidden must be a positive multiple of %d, found %d".formatted(LANES, hidden));
        }
    }

    static boolean supports(long inputs, long hidden) {
        return inputs >= 1 && inputs <= MAXIMUM && hidden >= 1 && hidden <= MAXIMUM && hidden % LANES == 0;
    }

    static LstmShape of(long inputs, long hidden) {
        return new LstmShape(Math.toIntExact(inputs), Math.toIntExact(hidden));
    }

    /** Pre-activations of a step: candidate, forget, output and input gate, in DL4J's order. */
    int gates() {
        return 4 * hidden;
    }

    int gateStride() {
        return gates() + CACHE_LINE;
    }

    /** Length of {@code [inputs | 1 | hidden state]}. */
    int joined() {
        return inputs + 1 + hidden;
    }

    /** Where the one stands in a joined row. */
    int biasColumn() {
        return inputs;
    }

    /** Where the hidden state begins in a joined row. */
    int hiddenColumn() {
        return inputs + 1;
    }

    int joinedStride() {
        return roundUp(joined(), TILE_ROWS);
    }

    int hiddenStride() {
        return roundUp(hidden, TILE_COLUMNS);
    }

    int inputStride() {
        return roundUp(inputs, TILE_COLUMNS);
    }

    static int roundUp(int count, int multiple) {
        return (count + multiple - 1) / multiple * multiple;
    }
}
