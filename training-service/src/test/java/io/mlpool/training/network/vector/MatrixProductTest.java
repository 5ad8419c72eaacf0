package io.mlpool.training.network.vector;

import static io.mlpool.training.network.vector.MatrixProduct.TILE_COLUMNS;
import static io.mlpool.training.network.vector.MatrixProduct.TILE_ROWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixProductTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 3, 7", "5, 2, 89"})
    void isTheSumOfProducts(int tilesDown, int tilesAcross, int depth) {
        Matrix left = random(tilesDown * TILE_ROWS, depth);
        Matrix right = random(depth, tilesAcross * TILE_COLUMNS);
        Matrix result = random(left.rows(), right.columns());

        MatrixProduct.assign(left, right, result);

        assertIsProduct(left, right, result, 1);
    }

    @Test
    void addsToWhatIsThere() {
        Matrix left = random(TILE_ROWS, 10);
        Matrix right = random(10, TILE_COLUMNS);
        Matrix result = random(TILE_ROWS, TILE_COLUMNS);

        MatrixProduct.assign(left, right, result);
        MatrixProduct.add(left, right, result);

        assertIsProduct(left, right, result, 2);
    }

    @Test
    void takesATransposedLeftFactor() {
        Matrix left = random(10, 2 * TILE_ROWS).transposed();
        Matrix right = random(10, TILE_COLUMNS);
        Matrix result = random(2 * TILE_ROWS, TILE_COLUMNS);

        MatrixProduct.assign(left, right, result);

        assertIsProduct(left, right, result, 1);
    }

    @Test
    void refusesShapesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MatrixProduct.assign(
                        random(TILE_ROWS, 10), random(11, TILE_COLUMNS), random(TILE_ROWS, TILE_COLUMNS)))
                .withMessageContaining("shapes do not fit");
    }

    @Test
    void refusesAResultThatIsNotMadeOfWholeTiles() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> MatrixProduct.assign(random(5, 10), random(10, TILE_COLUMNS), random(5, TILE_COLUMNS)))
                .withMessageContaining("whole tiles");
    }

    private static Matrix random(int rows, int columns) {
        int stride = columns + 3;
        float[] values = new float[2 + rows * stride];
        var random = new Random(rows * 31L + columns);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Matrix.ofRows(values, 2, rows, columns, stride);
    }

    private static void assertIsProduct(Matrix left, Matrix right, Matrix result, int times) {
        for (int row = 0; row < result.rows(); row++) {
            for (int column = 0; column < result.columns(); column++) {
                double sum = 0;
                for (int k = 0; k < left.columns(); k++) {
                    sum += (double) element(left, row, k) * element(right, k, column);
                }
                assertThat((double) element(result, row, column)).isEqualTo(times * sum, within(1e-4));
            }
        }
    }

    private static float element(Matrix matrix, int row, int column) {
        return matrix.values()[matrix.start() + row * matrix.rowStride() + column * matrix.columnStride()];
    }
}
