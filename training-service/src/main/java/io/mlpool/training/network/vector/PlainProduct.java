package io.mlpool.training.network.vector;

import java.util.Arrays;

/** Matrix products by loops that need no module. */
final class PlainProduct {

    private PlainProduct() {}

    static void assign(Matrix left, Matrix right, Matrix result) {
        for (int row = 0; row < result.rows(); row++) {
            int from = result.start() + row * result.rowStride();
            Arrays.fill(result.values(), from, from + result.columns(), 0);
        }
        add(left, right, result);
    }

    static void add(Matrix left, Matrix right, Matrix result) {
        for (int row = 0; row < result.rows(); row++) {
            for (int k = 0; k < left.columns(); k++) {
                float factor = left.values()[left.start() + row * left.rowStride() + k * left.columnStride()];
                addRow(factor, right, k, result, row);
            }
        }
    }

    private static void addRow(float factor, Matrix right, int k, Matrix result, int row) {
        float[] b = right.values();
        float[] c = result.values();
        int from = right.start() + k * right.rowStride();
        int to = result.start() + row * result.rowStride();
        for (int column = 0; column < result.columns(); column++) {
            c[to + column] += factor * b[from + column];
        }
    }
}
