package io.mlpool.standalone;

import io.mlpool.featurestore.FeatureReader;
import io.mlpool.featurestore.FeatureReader.Stored;
import io.mlpool.featurestore.FeatureReader.StoredView;
import io.mlpool.market.Snapshots;
import io.mlpool.training.export.TableColumn;
import io.mlpool.training.export.TableFile;
import io.mlpool.training.export.TableFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./mlpool export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the stored values of a feature view into a file that pandas, DuckDB and others read: a row for each entity and event time,",
            "with its newest version and the time from when on that counted.%n",
            "./mlpool export --view price_1h --from 2026-01-01 --to 2026-02-01 --file january.parquet%n"
        })
final class ExportCommand implements Callable<Integer> {

    @Option(names = "--view", required = true, paramLabel = "NAME", description = "Of GET /feature-views: price_1h")
    private String view = "";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            defaultValue = "1970-01-01",
            description = "First event time, inclusive: a day or a time, UTC. Default: the oldest")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "TIME",
            defaultValue = "9999-01-01",
            description = "Last event time, exclusive. Default: the newest")
    private String to = "";

    @Option(
            names = "--file",
            required = true,
            paramLabel = "FILE",
            description = "Ends with .parquet or .csv; is replaced when it is there")
    private Path file = Path.of("");

    @Mixin
    private final Output out = new Output();

    @Mixin
    private KeysDatabase database = new KeysDatabase();

    @Override
    public Integer call() {
        TableFormat format = format();
        Instant first = DayOrTime.of("--from", from);
        Instant end = DayOrTime.of("--to", to);
        long rows = database.askDatabase(source -> export(source, format, first, end));
        out.line("%d rows of %s in %s", rows, view, file);
        return 0;
    }

    private long export(DataSource source, TableFormat format, Instant first, Instant end) {
        FeatureReader reader = new FeatureReader(JdbcClient.create(source));
        StoredView stored = reader.find(view)
                .orElseThrow(() -> new MlpoolException(
                        "--view: there are no values of '%s', but of %s; GET /feature-views tells of them"
                                .formatted(view, reader.names())));
        AtomicLong rows = new AtomicLong();
        try (TableFile table = TableFile.create(format, file, columns(stored))) {
            Snapshots.of(new JdbcTransactionManager(source))
                    .executeWithoutResult(status -> reader.each(stored, first, end, row -> {
                        write(table, row);
                        rows.incrementAndGet();
                    }));
        } catch (IOException | UncheckedIOException e) {
            throw new MlpoolException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
        return rows.get();
    }

    private static List<TableColumn> columns(StoredView view) {
        List<TableColumn> columns = new ArrayList<>(List.of(
                new TableColumn("entity", TableColumn.Type.TEXT),
                new TableColumn("event_time", TableColumn.Type.TIME),
                new TableColumn("created_at", TableColumn.Type.TIME)));
        view.features().forEach(name -> columns.add(new TableColumn(name, TableColumn.Type.FLOAT)));
        return columns;
    }

    private static void write(TableFile table, Stored stored) {
        List<Object> cells = new ArrayList<>(List.of(
                stored.entity(),
                stored.known().row().eventTime(),
                stored.known().createdAt()));
        for (float value : stored.known().row().values()) {
            cells.add(value);
        }
        try {
            table.write(cells);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TableFormat format() {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        return TableFormat.of(name.substring(name.lastIndexOf('.') + 1))
                .orElseThrow(() -> new MlpoolException("--file must end with .parquet or .csv, found " + file));
    }
}
