package io.mlpool.training.network.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Single-precision matrix products, computed in tiles that stay in registers.
 *
 * <p>A tile is {@value #TILE_ROWS} rows by two vectors: twelve sums, two vectors of the right factor and one broadcast
 * element of the left, fifteen registers. AVX2 has sixteen, so a wider tile would spill there; and twelve independent
 * sums are enough to hide the latency of the multiply-add everywhere. There is no kernel for edges: the callers round
 * their matrices up to whole tiles.
 */
public final class MatrixProduct {

    public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    public static final int LANES = SPECIES.length();
    public static final int TILE_ROWS = 6;
    public static final int TILE_COLUMNS = 2 * LANES;

    private MatrixProduct() {}

    /** Sets {@code result} to {@code left x right}. */
    public static void assign(Matrix left, Matrix right, Matrix result) {
        multiply(left, right, result, false);
    }

    /** Adds {@code left x right} to {@code result}. */
    public static void add(Matrix left, Matrix right, Matrix result) {
        multiply(left, right, result, true);
    }

    private static void multiply(Matrix left, Matrix right, Matrix result, boolean accumulate) {
        requireFit(left, right, result);
        int leftRow = left.rowStride();
        int leftStep = left.columnStride();
        int depth = left.columns();
        int rightStep = right.rowStride();
        int resultRow = result.rowStride();
        for (int column = 0; column < result.columns(); column += TILE_COLUMNS) {
            int b = right.start() + column;
            for (int row = 0; row < result.rows(); row += TILE_ROWS) {
                int a = left.start() + row * leftRow;
                int c = result.start() + row * resultRow + column;
                multiplyTile(
                        left.values(),
                        a,
                        leftRow,
                        leftStep,
                        depth,
                        right.values(),
                        b,
                        rightStep,
                        result.values(),
                        c,
                        resultRow,
                        accumulate);
            }
        }
    }

    private static void requireFit(Matrix left, Matrix right, Matrix result) {
        if (left.rows() != result.rows() || left.columns() != right.rows() || right.columns() != result.columns()) {
            throw new IllegalArgumentException("shapes do not fit: [%d x %d] x [%d x %d] = [%d x %d]"
                    .formatted(
                            left.rows(),
                            left.columns(),
                            right.rows(),
                            right.columns(),
                            result.rows(),
                            result.columns()));
        }
        if (result.rows() % TILE_ROWS != 0 || result.columns() % TILE_COLUMNS != 0) {
            throw new IllegalArgumentException("result must be made of whole tiles of %d x %d, found [%d x %d]"
                    .formatted(TILE_ROWS, TILE_COLUMNS, result.rows(), result.columns()));
        }
        if (!right.hasContiguousRows() || !result.hasContiguousRows()) {
            throw new IllegalArgumentException("rows of the right factor and of the result must be contiguous");
        }
    }

    /**
     * The one kernel. Spelled out, because only named local variables are sure to live in registers; and with plain
     * numbers for parameters, because reading them from the matrices for every tile took a seventh of the time.
     */
    private static void multiplyTile(
            float[] a,
            int aStart,
            int aRow,
            int aStep,
            int depth,
            float[] b,
            int bStart,
            int bStep,
            float[] c,
            int cStart,
            int cRow,
            boolean accumulate) {
        int c0 = cStart;
        int c1 = c0 + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        int c5 = c4 + cRow;
        FloatVector sum00;
        FloatVector sum01;
        FloatVector sum10;
        FloatVector sum11;
        FloatVector sum20;
        FloatVector sum21;
        FloatVector sum30;
        FloatVector sum31;
        FloatVector sum40;
        FloatVector sum41;
        FloatVector sum50;
        FloatVector sum51;
        if (accumulate) {
            sum00 = FloatVector.fromArray(SPECIES, c, c0);
            sum01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
            sum10 = FloatVector.fromArray(SPECIES, c, c1);
            sum11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
            sum20 = FloatVector.fromArray(SPECIES, c, c2);
            sum21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
            sum30 = FloatVector.fromArray(SPECIES, c, c3);
            sum31 = FloatVector.fromArray(SPECIES, c, c3 + LANES);
            sum40 = FloatVector.fromArray(SPECIES, c, c4);
            sum41 = FloatVector.fromArray(SPECIES, c, c4 + LANES);
            sum50 = FloatVector.fromArray(SPECIES, c, c5);
            sum51 = FloatVector.fromArray(SPECIES, c, c5 + LANES);
        } else {
            sum00 = FloatVector.zero(SPECIES);
            sum01 = FloatVector.zero(SPECIES);
            sum10 = FloatVector.zero(SPECIES);
            sum11 = FloatVector.zero(SPECIES);
            sum20 = FloatVector.zero(SPECIES);
            sum21 = FloatVector.zero(SPECIES);
            sum30 = FloatVector.zero(SPECIES);
            sum31 = FloatVector.zero(SPECIES);
            sum40 = FloatVector.zero(SPECIES);
            sum41 = FloatVector.zero(SPECIES);
            sum50 = FloatVector.zero(SPECIES);
            sum51 = FloatVector.zero(SPECIES);
        }
        int ai = aStart;
        int bi = bStart;
        for (int k = 0; k < depth; k++) {
            FloatVector right0 = FloatVector.fromArray(SPECIES, b, bi);
            FloatVector right1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
            FloatVector left0 = FloatVector.broadcast(SPECIES, a[ai]);
            sum00 = left0.fma(right0, sum00);
            sum01 = left0.fma(right1, sum01);
            FloatVector left1 = FloatVector.broadcast(SPECIES, a[ai + aRow]);
            sum10 = left1.fma(right0, sum10);
            sum11 = left1.fma(right1, sum11);
            FloatVector left2 = FloatVector.broadcast(SPECIES, a[ai + 2 * aRow]);
            sum20 = left2.fma(right0, sum20);
            sum21 = left2.fma(right1, sum21);
            FloatVector left3 = FloatVector.broadcast(SPECIES, a[ai + 3 * aRow]);
            sum30 = left3.fma(right0, sum30);
            sum31 = left3.fma(right1, sum31);
            FloatVector left4 = FloatVector.broadcast(SPECIES, a[ai + 4 * aRow]);
            sum40 = left4.fma(right0, sum40);
            sum41 = left4.fma(right1, sum41);
            FloatVector left5 = FloatVector.broadcast(SPECIES, a[ai + 5 * aRow]);
            sum50 = left5.fma(right0, sum50);
            sum51 = left5.fma(right1, sum51);
            ai += aStep;
            bi += bStep;
        }
        sum00.intoArray(c, c0);
        sum01.intoArray(c, c0 + LANES);
        sum10.intoArray(c, c1);
        sum11.intoArray(c, c1 + LANES);
        sum20.intoArray(c, c2);
        sum21.intoArray(c, c2 + LANES);
        sum30.intoArray(c, c3);
        sum31.intoArray(c, c3 + LANES);
        sum40.intoArray(c, c4);
        sum41.intoArray(c, c4 + LANES);
        sum50.intoArray(c, c5);
        sum51.intoArray(c, c5 + LANES);
    }
}
