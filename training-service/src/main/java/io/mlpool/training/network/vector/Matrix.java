package io.mlpool.training.network.vector;

/**
 * A matrix seen inside an array: element {@code (row, column)} lies at {@code start + row * rowStride + column *
 * columnStride}.
 *
 * @param values the array, shared and not copied
 * @param start index of the first element
 * @param rows number of rows
 * @param columns number of columns
 * @param rowStride distance between two rows
 * @param columnStride distance between two columns
 */
@SuppressWarnings("ArrayRecordComponent") // a view: sharing the array is its purpose
public record Matrix(float[] values, int start, int rows, int columns, int rowStride, int columnStride) {

    /** A matrix whose rows are contiguous. */
    public static Matrix ofRows(float[] values, int start, int rows, int columns, int rowStride) {
        return new Matrix(values, start, rows, columns, rowStride, 1);
    }

    /** The same elements with rows and columns exchanged. */
    public Matrix transposed() {
        return new Matrix(values, start, columns, rows, columnStride, rowStride);
    }

    public boolean hasContiguousRows() {
        return columnStride == 1;
    }
}
