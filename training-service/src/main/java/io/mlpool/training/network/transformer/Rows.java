package io.mlpool.training.network.transformer;

import io.mlpool.training.network.vector.Matrix;
import io.mlpool.training.network.vector.Product;
import java.util.Arrays;

/** A matrix in an array that leaves room for whole tiles: what lies beyond its columns is zero or of no meaning. */
final class Rows {

    private final float[] values;
    private final int columns;
    private final int stride;

    Rows(int rows, int columns) {
        this.columns = columns;
        this.stride = roundUp(columns, Product.tileColumns());
        // A tile of the transposed matrix reads a few numbers beyond the last row.
        this.values = new float[roundUp(rows, Product.tileRows()) * stride + Product.tileRows()];
    }

    float[] values() {
        return values;
    }

    int columns() {
        return columns;
    }

    /** Where a row begins. */
    int at(int row) {
        return row * stride;
    }

    /** The first rows, as a factor. */
    Matrix factor(int rows) {
        return Matrix.ofRows(values, 0, rows, columns, stride);
    }

    /** The first rows and the room around them, as a factor from the left whose product has whole tiles. */
    Matrix left(int rows) {
        return Matrix.ofRows(values, 0, roundUp(rows, Product.tileRows()), columns, stride);
    }

    /** The first rows, as a factor from the right whose product has whole tiles. */
    Matrix right(int rows) {
        return Matrix.ofRows(values, 0, rows, stride, stride);
    }

    /** Columns and rows of the first rows exchanged, as a factor from the left. */
    Matrix transposed(int rows) {
        return Matrix.ofRows(values, 0, rows, roundUp(columns, Product.tileRows()), stride)
                .transposed();
    }

    /** The first rows and the room around them, for a product. */
    Matrix result(int rows) {
        return Matrix.ofRows(values, 0, roundUp(rows, Product.tileRows()), stride, stride);
    }

    /** Adds the first rows of another one of the same width. */
    void add(Rows other, int rows) {
        float[] added = other.values;
        for (int i = 0; i < rows * stride; i++) {
            values[i] += added[i];
        }
    }

    void clear() {
        Arrays.fill(values, 0);
    }

    private static int roundUp(int count, int multiple) {
        return (count + multiple - 1) / multiple * multiple;
    }
}
