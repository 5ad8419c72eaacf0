package io.mlpool.standalone;

import io.mlpool.featurestore.FeatureReader;
import io.mlpool.featurestore.FeatureReader.Stored;
import io.mlpool.featurestore.FeatureReader.StoredView;
import io.mlpool.market.Snapshots;
import io.mlpool.training.table.TableColumn;
import io.mlpool.training.table.TableFile;
import io.mlpool.training.table.TableFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * The stored values of a feature view.
 *
 * @param first event time, inclusive
 * @param end event time, exclusive
 */
record StoredValues(String view, Instant first, Instant end) {

    /** Writes a row for each entity and event time, and says how many there were. */
    long write(DataSource source, TableFormat format, Path file) throws IOException {
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
}
