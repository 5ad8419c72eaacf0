package io.mlpool.training.network.lstm;

import static io.mlpool.training.network.vector.MatrixProduct.LANES;
import static io.mlpool.training.network.vector.MatrixProduct.SPECIES;

import io.mlpool.training.network.vector.Matrix;
import io.mlpool.training.network.vector.MatrixProduct;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** The steps of an LSTM from last to first for one slice: errors of the outputs become gradients. */
final class BackwardPass {

    private final LstmShape shape;
    private final float[] hiddenError;
    private final float[] cellError;
    private final float[] inputError;
    private final float[] weightGradient;

    BackwardPass(LstmShape shape) {
        this.shape = shape;
        this.hiddenError = new float[SliceMemory.ROWS * shape.hiddenStride()];
        this.cellError = new float[SliceMemory.ROWS * shape.hidden()];
        this.inputError = new float[SliceMemory.ROWS * shape.inputStride()];
        this.weightGradient = new float[shape.joinedStride() * shape.gateStride()];
    }

    /** Where the errors of the outputs come from and the errors of the inputs go. */
    interface Errors {

        /**
         * Writes the error of the outputs of a step, {@code stride} apart for each sequence.
         *
         * @return false if the error is zero and nothing was written
         */
        boolean readOutputError(int step, float[] into, int stride);

        /** Whether {@link #writeInputError} is to be called. */
        boolean wantsInputError();

        /** Takes the error of the inputs of a step, {@code stride} apart for each sequence. */
        void writeInputError(int step, float[] from, int stride);
    }

    /** Gradient of the weights of all steps, laid out like {@link LstmWeights#forward()}. */
    float[] weightGradient() {
        return weightGradient;
    }

    /** Uses up the gates that the forward pass has left in {@code memory}. */
    void run(SliceMemory memory, int rows, LstmWeights weights, Errors errors) {
        Arrays.fill(weightGradient, 0f);
        Arrays.fill(hiddenError, 0f);
        Arrays.fill(cellError, 0f);
        for (int step = memory.steps - 1; step >= 0; step--) {
            boolean present = errors.readOutputError(step, hiddenError, shape.hiddenStride());
            if (step < memory.steps - 1) {
                addRecurrentError(memory, step, rows, weights, present);
            }
            differentiateGates(memory, step, rows);
            Matrix preActivationErrors = memory.gates(step, rows);
            MatrixProduct.add(memory.joinedForGradient(step, rows), preActivationErrors, weightGradientMatrix());
            if (errors.wantsInputError()) {
                MatrixProduct.assign(preActivationErrors, weights.inputBackward(), inputErrorMatrix(rows));
                errors.writeInputError(step, inputError, shape.inputStride());
            }
        }
    }

    /** The hidden state of a step also went into the next step. */
    private void addRecurrentError(SliceMemory memory, int step, int rows, LstmWeights weights, boolean toOutputError) {
        Matrix next = memory.gates(step + 1, rows);
        Matrix error = Matrix.ofRows(hiddenError, 0, rows, shape.hiddenStride(), shape.hiddenStride());
        if (toOutputError) {
            MatrixProduct.add(next, weights.recurrentBackward(), error);
        } else {
            MatrixProduct.assign(next, weights.recurrentBackward(), error);
        }
    }

    /** Replaces the gates of a step by the errors of their pre-activations and carries the cell error one step back. */
    private void differentiateGates(SliceMemory memory, int step, int rows) {
        int hidden = shape.hidden();
        float[] gates = memory.gates;
        for (int row = 0; row < rows; row++) {
            int gate = memory.gateStart(step, row);
            int cell = memory.cellStart(step, row);
            for (int unit = 0; unit < hidden; unit += LANES) {
                int candidateAt = gate + unit;
                int forgetAt = candidateAt + hidden;
                int outputAt = forgetAt + hidden;
                int inputAt = outputAt + hidden;
                int errorAt = row * hidden + unit;
                FloatVector candidate = FloatVector.fromArray(SPECIES, gates, candidateAt);
                FloatVector forget = FloatVector.fromArray(SPECIES, gates, forgetAt);
                FloatVector output = FloatVector.fromArray(SPECIES, gates, outputAt);
                FloatVector input = FloatVector.fromArray(SPECIES, gates, inputAt);
                FloatVector tanh = FloatVector.fromArray(SPECIES, memory.cellTanh, cell + unit);
                FloatVector before = FloatVector.fromArray(SPECIES, memory.cells, cell + unit);
                FloatVector error = FloatVector.fromArray(SPECIES, hiddenError, row * shape.hiddenStride() + unit);

                FloatVector one = FloatVector.broadcast(SPECIES, 1f);
                FloatVector cellErrorHere = error.mul(output)
                        .mul(one.sub(tanh.mul(tanh)))
                        .add(FloatVector.fromArray(SPECIES, cellError, errorAt));
                cellErrorHere.mul(input).mul(one.sub(candidate.mul(candidate))).intoArray(gates, candidateAt);
                cellErrorHere.mul(before).mul(forget).mul(one.sub(forget)).intoArray(gates, forgetAt);
                error.mul(tanh).mul(output).mul(one.sub(output)).intoArray(gates, outputAt);
                cellErrorHere.mul(candidate).mul(input).mul(one.sub(input)).intoArray(gates, inputAt);
                cellErrorHere.mul(forget).intoArray(cellError, errorAt);
            }
        }
    }

    private Matrix weightGradientMatrix() {
        return Matrix.ofRows(weightGradient, 0, shape.joinedStride(), shape.gates(), shape.gateStride());
    }

    private Matrix inputErrorMatrix(int rows) {
        return Matrix.ofRows(inputError, 0, rows, shape.inputStride(), shape.inputStride());
    }
}
