package io.mlpool.training.network.lstm;

import static io.mlpool.training.network.vector.MatrixProduct.TILE_ROWS;

import io.mlpool.training.network.vector.FloatView;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Some neighbouring sequences of a batch: copies them in, runs the passes over them, copies the results out. */
final class LstmSlice {

    private final LstmShape shape;
    private final BackwardPass backwardPass;
    private SliceMemory memory;
    private int first;
    private int rows;

    LstmSlice(LstmShape shape) {
        this.shape = shape;
        this.backwardPass = new BackwardPass(shape);
        this.memory = new SliceMemory(shape, 0);
    }

    /**
     * Computes the states of all steps and keeps them.
     *
     * @param input {@code [batch x inputs x steps]}
     * @param first first sequence of this slice
     * @param rows sequences in this slice
     */
    void forward(FloatView input, int first, int rows, LstmWeights weights) {
        int steps = input.size(2);
        if (memory.steps != steps) {
            memory = new SliceMemory(shape, steps);
        }
        this.first = first;
        this.rows = rows;
        readInputs(input);
        silencePadding();
        new ForwardPass(memory, paddedRows()).run(weights);
    }

    private int paddedRows() {
        return LstmShape.roundUp(rows, TILE_ROWS);
    }

    private void readInputs(FloatView input) {
        if (input.stride(1) == 1) {
            readInputsByStep(input);
        } else {
            readInputsBySeries(input);
        }
        for (int step = 0; step < memory.steps; step++) {
            for (int row = 0; row < rows; row++) {
                memory.joined[memory.joinedStart(step, row) + shape.biasColumn()] = 1f;
            }
        }
    }

    private void readInputsByStep(FloatView input) {
        for (int step = 0; step < memory.steps; step++) {
            for (int row = 0; row < rows; row++) {
                long offset = (first + row) * input.stride(0) + step * input.stride(2);
                input.read(offset, 1, memory.joined, memory.joinedStart(step, row), shape.inputs());
            }
        }
    }

    /** Reads a whole sequence at once and transposes it here: its elements are neighbours along time. */
    private void readInputsBySeries(FloatView input) {
        int steps = memory.steps;
        float[] series = new float[shape.inputs() * steps];
        for (int row = 0; row < rows; row++) {
            for (int feature = 0; feature < shape.inputs(); feature++) {
                long offset = (first + row) * input.stride(0) + feature * input.stride(1);
                input.read(offset, input.stride(2), series, feature * steps, steps);
            }
            for (int step = 0; step < steps; step++) {
                int start = memory.joinedStart(step, row);
                for (int feature = 0; feature < shape.inputs(); feature++) {
                    memory.joined[start + feature] = series[feature * steps + step];
                }
            }
        }
    }

    /** Rows that only fill up the last tile may hold a sequence of an earlier, larger batch. */
    private void silencePadding() {
        for (int step = 0; step < memory.steps; step++) {
            Arrays.fill(memory.joined, memory.joinedStart(step, rows), memory.joinedStart(step, paddedRows()), 0f);
        }
    }

    /** Writes the hidden states of all steps to {@code [steps x batch x hidden]}. */
    void writeSequence(FloatView target) {
        for (int step = 0; step < memory.steps; step++) {
            for (int row = 0; row < rows; row++) {
                long offset = step * target.stride(0) + (first + row) * target.stride(1);
                target.write(offset, memory.joined, memory.hiddenStart(step, row), shape.hidden());
            }
        }
    }

    /** Writes the hidden states of the last step to {@code [batch x hidden]}. */
    void writeLastStep(FloatView target) {
        for (int row = 0; row < rows; row++) {
            int state = memory.hiddenStart(memory.steps - 1, row);
            target.write((first + row) * target.stride(0), memory.joined, state, shape.hidden());
        }
    }

    /**
     * Uses up what the forward pass has kept.
     *
     * @param outputError {@code [batch x hidden x steps]}, or {@code [batch x hidden]} for the last step only
     * @param inputError {@code [steps x batch x inputs]}, or null if nobody needs it
     * @return gradient of the weights, valid until the next call
     */
    float[] backward(FloatView outputError, LstmWeights weights, @Nullable FloatView inputError) {
        backwardPass.run(memory, paddedRows(), weights, new Errors(outputError, inputError));
        return backwardPass.weightGradient();
    }

    private final class Errors implements BackwardPass.Errors {

        private final FloatView outputError;
        private final @Nullable FloatView inputError;

        private Errors(FloatView outputError, @Nullable FloatView inputError) {
            this.outputError = outputError;
            this.inputError = inputError;
        }

        @Override
        public boolean readOutputError(int step, float[] into, int stride) {
            boolean sequence = outputError.rank() == 3;
            if (!sequence && step < memory.steps - 1) {
                return false;
            }
            long stepOffset = sequence ? step * outputError.stride(2) : 0;
            for (int row = 0; row < rows; row++) {
                long offset = (first + row) * outputError.stride(0) + stepOffset;
                outputError.read(offset, outputError.stride(1), into, row * stride, shape.hidden());
            }
            return true;
        }

        @Override
        public boolean wantsInputError() {
            return inputError != null;
        }

        @Override
        public void writeInputError(int step, float[] from, int stride) {
            FloatView target = inputError;
            if (target == null) {
                return;
            }
            for (int row = 0; row < rows; row++) {
                long offset = step * target.stride(0) + (first + row) * target.stride(1);
                target.write(offset, from, row * stride, shape.inputs());
            }
        }
    }
}
