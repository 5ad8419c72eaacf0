package io.mlpool.training.network.lstm;

import static io.mlpool.training.network.vector.MatrixProduct.LANES;
import static io.mlpool.training.network.vector.MatrixProduct.SPECIES;

import io.mlpool.training.network.vector.MatrixProduct;
import jdk.incubator.vector.FloatVector;

/** The steps of an LSTM from first to last for one slice, its inputs already in memory. */
final class ForwardPass {

    private final SliceMemory memory;
    private final LstmShape shape;
    private final int rows;

    /**
     * @param memory where the inputs lie and the states go
     * @param rows sequences to compute, whole tiles
     */
    ForwardPass(SliceMemory memory, int rows) {
        this.memory = memory;
        this.shape = memory.shape;
        this.rows = rows;
    }

    void run(LstmWeights weights) {
        for (int step = 0; step < memory.steps; step++) {
            MatrixProduct.assign(memory.joined(step, rows), weights.forward(), memory.gates(step, rows));
            openGates(step);
            updateCells(step);
            Squash.tanh(memory.cellTanh, memory.cellStart(step, 0), rows, shape.hidden(), shape.hidden());
            updateHiddenStates(step);
        }
    }

    private void openGates(int step) {
        int hidden = shape.hidden();
        int candidate = memory.gateStart(step, 0);
        Squash.tanh(memory.gates, candidate, rows, shape.gateStride(), hidden);
        Squash.sigmoid(memory.gates, candidate + hidden, rows, shape.gateStride(), 3 * hidden);
    }

    /** {@code c = forget * c + input * candidate}. */
    private void updateCells(int step) {
        int hidden = shape.hidden();
        for (int row = 0; row < rows; row++) {
            int gate = memory.gateStart(step, row);
            int before = memory.cellStart(step, row);
            int after = memory.cellStart(step + 1, row);
            for (int unit = 0; unit < hidden; unit += LANES) {
                FloatVector candidate = FloatVector.fromArray(SPECIES, memory.gates, gate + unit);
                FloatVector forget = FloatVector.fromArray(SPECIES, memory.gates, gate + hidden + unit);
                FloatVector input = FloatVector.fromArray(SPECIES, memory.gates, gate + 3 * hidden + unit);
                FloatVector cell = FloatVector.fromArray(SPECIES, memory.cells, before + unit);
                FloatVector updated = forget.fma(cell, input.mul(candidate));
                updated.intoArray(memory.cells, after + unit);
                updated.intoArray(memory.cellTanh, before + unit);
            }
        }
    }

    /** {@code h = output * tanh(c)}. */
    private void updateHiddenStates(int step) {
        int hidden = shape.hidden();
        for (int row = 0; row < rows; row++) {
            int output = memory.gateStart(step, row) + 2 * hidden;
            int cell = memory.cellStart(step, row);
            int state = memory.hiddenStart(step, row);
            for (int unit = 0; unit < hidden; unit += LANES) {
                FloatVector.fromArray(SPECIES, memory.gates, output + unit)
                        .mul(FloatVector.fromArray(SPECIES, memory.cellTanh, cell + unit))
                        .intoArray(memory.joined, state + unit);
            }
        }
    }
}
