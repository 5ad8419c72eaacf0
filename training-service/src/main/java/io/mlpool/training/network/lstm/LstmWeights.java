package io.mlpool.training.network.lstm;

import io.mlpool.training.network.vector.FloatView;
import io.mlpool.training.network.vector.Matrix;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a layer, copied into the layouts that the products of the forward and of the backward pass read row
 * by row, and the gradient written back into DL4J's layout.
 *
 * <p>DL4J keeps a weight matrix in Fortran order: all weights of one gate unit are neighbours.
 */
final class LstmWeights {

    private final LstmShape shape;
    private final float[] forward;
    private final float[] recurrentBackward;
    private final float[] inputBackward;

    LstmWeights(LstmShape shape) {
        this.shape = shape;
        this.forward = new float[shape.joined() * shape.gateStride()];
        this.recurrentBackward = new float[shape.gates() * shape.hiddenStride()];
        this.inputBackward = new float[shape.gates() * shape.inputStride()];
    }

    void read(LstmParameters parameters) {
        readWeights(parameters.inputWeights(), inputBackward, shape.inputStride(), 0, shape.inputs());
        readWeights(
                parameters.recurrentWeights(),
                recurrentBackward,
                shape.hiddenStride(),
                shape.hiddenColumn(),
                shape.hidden());
        int biasStart = shape.biasColumn() * shape.gateStride();
        new FloatView(parameters.bias()).read(0, 1, forward, biasStart, shape.gates());
    }

    private void readWeights(INDArray source, float[] backward, int stride, int firstForwardRow, int units) {
        FloatView weights = new FloatView(source);
        for (int gate = 0; gate < shape.gates(); gate++) {
            weights.read((long) gate * units, 1, backward, gate * stride, units);
            for (int unit = 0; unit < units; unit++) {
                forward[(firstForwardRow + unit) * shape.gateStride() + gate] = backward[gate * stride + unit];
            }
        }
    }

    /** {@code [joined x gates]}: input weights, bias and recurrent weights below each other. */
    Matrix forward() {
        return Matrix.ofRows(forward, 0, shape.joined(), shape.gates(), shape.gateStride());
    }

    /** {@code [gates x hidden]}, the hidden units padded to whole tiles. */
    Matrix recurrentBackward() {
        return Matrix.ofRows(recurrentBackward, 0, shape.gates(), shape.hiddenStride(), shape.hiddenStride());
    }

    /** {@code [gates x inputs]}, the inputs padded to whole tiles. */
    Matrix inputBackward() {
        return Matrix.ofRows(inputBackward, 0, shape.gates(), shape.inputStride(), shape.inputStride());
    }

    /** Writes a gradient laid out like {@link #forward()} into DL4J's arrays. */
    void writeGradient(float[] gradient, LstmParameters target) {
        writeGradient(gradient, 0, shape.inputs(), new FloatView(target.inputWeights()));
        writeGradient(gradient, shape.hiddenColumn(), shape.hidden(), new FloatView(target.recurrentWeights()));
        int biasStart = shape.biasColumn() * shape.gateStride();
        new FloatView(target.bias()).write(0, gradient, biasStart, shape.gates());
    }

    private void writeGradient(float[] gradient, int firstRow, int units, FloatView target) {
        float[] column = new float[units];
        for (int gate = 0; gate < shape.gates(); gate++) {
            for (int unit = 0; unit < units; unit++) {
                column[unit] = gradient[(firstRow + unit) * shape.gateStride() + gate];
            }
            target.write((long) gate * units, column, 0, units);
        }
    }
}
