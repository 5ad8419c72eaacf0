package io.mlpool.training.network.vector;

import static io.mlpool.training.network.vector.MatrixProduct.TILE_COLUMNS;
import static io.mlpool.training.network.vector.MatrixProduct.TILE_ROWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainProductTest {

    private final Random random = new Random(1);

    @Test
    void isThatInVectorsOfTheTransposedTooAssignedAndAdded() {
        Matrix left = matrix(9, TILE_ROWS).transposed();
        Matrix right = matrix(9, TILE_COLUMNS);
        Matrix plain = matrix(TILE_ROWS, TILE_COLUMNS);
        Matrix vectors = new Matrix(plain.values().clone(), 0, TILE_ROWS, TILE_COLUMNS, TILE_COLUMNS, 1);

        PlainProduct.add(left, right, plain);
        MatrixProduct.add(left, right, vectors);
        assertThat(plain.values()).containsExactly(vectors.values(), within(1e-5f));
        PlainProduct.assign(left, right, plain);
        MatrixProduct.assign(left, right, vectors);
        assertThat(plain.values()).containsExactly(vectors.values(), within(1e-5f));
    }

    private Matrix matrix(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Matrix.ofRows(values, 0, rows, columns, columns);
    }
}
