package io.mlpool.training.table;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** CSV with a header; times are ISO 8601 in UTC, a cell without a value is empty. Names of assets and features need no quotes. */
final class CsvFile implements TableFile {

    private final Writer writer;

    CsvFile(Path file, List<TableColumn> columns) throws IOException {
        this(Files.newBufferedWriter(file), columns);
    }

    CsvFile(Writer writer, List<TableColumn> columns) throws IOException {
        this.writer = writer;
        line(columns.stream().map(TableColumn::name).collect(Collectors.joining(",")));
    }

    @Override
    public void write(List<Object> cells) throws IOException {
        line(cells.stream().map(CsvFile::text).collect(Collectors.joining(",")));
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private void line(String line) throws IOException {
        writer.write(line);
        writer.write('\n');
    }

    private static String text(Object cell) {
        return cell instanceof Number number && Double.isNaN(number.doubleValue()) ? "" : cell.toString();
    }
}
