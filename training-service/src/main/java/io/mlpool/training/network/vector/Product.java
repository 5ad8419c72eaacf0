package io.mlpool.training.network.vector;

/**
 * Matrix products in vectors where this JVM has them, and in plain loops where it was started without {@code --add-modules
 * jdk.incubator.vector}. Callers round their matrices up to whole tiles.
 */
public final class Product {

    private static final boolean VECTORS = VectorSupport.isModulePresent();

    private Product() {}

    /** Rows that a result must be a multiple of. */
    public static int tileRows() {
        return VECTORS ? MatrixProduct.TILE_ROWS : 1;
    }

    /** Columns that a result must be a multiple of. */
    public static int tileColumns() {
        return VECTORS ? MatrixProduct.TILE_COLUMNS : 1;
    }

    /** Sets {@code result} to {@code left x right}. */
    public static void assign(Matrix left, Matrix right, Matrix result) {
        if (VECTORS) {
            MatrixProduct.assign(left, right, result);
        } else {
            PlainProduct.assign(left, right, result);
        }
    }

    /** Adds {@code left x right} to {@code result}. */
    public static void add(Matrix left, Matrix right, Matrix result) {
        if (VECTORS) {
            MatrixProduct.add(left, right, result);
        } else {
            PlainProduct.add(left, right, result);
        }
    }
}
