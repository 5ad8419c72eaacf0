package io.mlpool.training.table;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A table that is written row by row; only a part of it lies in memory. */
public interface TableFile extends Closeable {

    /**
     * Adds a row.
     *
     * @param cells in the order of the columns
     */
    void write(List<Object> cells) throws IOException;

    /** Begins CSV in UTF-8 on a stream, which is closed with it. */
    static TableFile csv(OutputStream out, List<TableColumn> columns) throws IOException {
        return new CsvFile(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), columns);
    }

    /** Begins a file, which is replaced when it is there. */
    static TableFile create(TableFormat format, Path file, List<TableColumn> columns) throws IOException {
        return switch (format) {
            case PARQUET -> new ParquetFile(file, columns);
            case CSV -> new CsvFile(file, columns);
        };
    }
}
