package io.mlpool.training.table;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import blue.strategic.parquet.ParquetWriter;
import blue.strategic.parquet.ValueWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Apache Parquet, compressed with Snappy; times are microseconds in UTC. */
final class ParquetFile implements TableFile {

    private final ParquetWriter<List<Object>> writer;

    ParquetFile(Path file, List<TableColumn> columns) throws IOException {
        Files.deleteIfExists(file);
        MessageType schema =
                new MessageType("table", columns.stream().map(ParquetFile::type).toList());
        writer = ParquetWriter.writeFile(schema, file.toFile(), (cells, values) -> write(columns, cells, values));
    }

    @Override
    public void write(List<Object> cells) throws IOException {
        writer.write(cells);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static void write(List<TableColumn> columns, List<Object> cells, ValueWriter values) {
        for (int i = 0; i < columns.size(); i++) {
            Object cell = cells.get(i);
            if (cell instanceof Instant time) {
                values.write(columns.get(i).name(), ChronoUnit.MICROS.between(Instant.EPOCH, time));
            } else if (!(cell instanceof Number number && Double.isNaN(number.doubleValue()))) {
                values.write(columns.get(i).name(), cell);
            }
        }
    }

    private static Type type(TableColumn column) {
        return switch (column.type()) {
            case TEXT ->
                Types.required(PrimitiveTypeName.BINARY).as(stringType()).named(column.name());
            case TIME ->
                Types.required(PrimitiveTypeName.INT64)
                        .as(timestampType(true, MICROS))
                        .named(column.name());
            case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
            case FLOAT -> Types.optional(PrimitiveTypeName.FLOAT).named(column.name());
        };
    }
}
