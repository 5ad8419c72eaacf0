package io.mlpool.training.table;

/** A column of a file. */
public record TableColumn(String name, Type type) {

    /** What its cells are: a {@link String}, an {@link java.time.Instant}, a {@link Double}, a {@link Float}; NaN is an empty cell. */
    public enum Type {
        TEXT,
        TIME,
        DOUBLE,
        FLOAT
    }
}
