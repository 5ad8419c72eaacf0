package io.mlpool.standalone;

import io.mlpool.errors.RefusedException;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Snapshots;
import io.mlpool.training.dataset.DatasetReader;
import io.mlpool.training.export.DatasetExport;
import io.mlpool.training.export.DatasetExport.Content;
import io.mlpool.training.table.TableFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./mlpool export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a file that pandas, DuckDB and others read: the stored values of a feature view, a row for each entity and event time",
            "with its newest version and the time from when on that counted; or the data set that a run learned from.%n",
            "./mlpool export --view price_1h --from 2026-01-01 --to 2026-02-01 --file january.parquet",
            "./mlpool export --dataset ba179c5ec024... --content features --file features.parquet%n"
        })
final class ExportCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private final What what = new What();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            defaultValue = "1970-01-01",
            description = "First event time of a view, inclusive: a day or a time, UTC. Default: the oldest")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "TIME",
            defaultValue = "9999-01-01",
            description = "Last event time of a view, exclusive. Default: the newest")
    private String to = "";

    @Option(
            names = "--content",
            paramLabel = "WHAT",
            defaultValue = "candles",
            description = "candles or features of a data set. Default: candles")
    private String content = "";

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

    /** One of the two. */
    static final class What {

        @Option(names = "--view", paramLabel = "NAME", description = "Of GET /feature-views: price_1h")
        private @Nullable String view;

        @Option(
                names = "--dataset",
                paramLabel = "VERSION",
                description = "Of GET /datasets, the data_version of a model: SHA-256 of its candles")
        private @Nullable String dataset;
    }

    @Override
    public Integer call() {
        TableFormat format = format();
        String version = what.dataset;
        try {
            if (version == null) {
                StoredValues values = new StoredValues(
                        String.valueOf(what.view), DayOrTime.of("--from", from), DayOrTime.of("--to", to));
                long rows = database.askDatabase(source -> values(values, source, format));
                out.line("%d rows of %s in %s", rows, values.view(), file);
                if (rows == 0) {
                    out.line(
                            "There are no values of that time. GET /feature-views tells since when there are some; views are of the intervals that mlpool.feature-store.intervals names");
                }
            } else {
                Content wanted = wanted();
                database.askDatabase(source -> dataset(source, version, wanted, format));
                out.line("%s of data set %s in %s", content, version, file);
            }
        } catch (UncheckedIOException e) {
            throw new MlpoolException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
        return 0;
    }

    private long values(StoredValues values, DataSource source, TableFormat format) {
        try {
            return values.write(source, format, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path dataset(DataSource source, String version, Content wanted, TableFormat format) {
        JdbcClient jdbc = JdbcClient.create(source);
        DatasetReader reader =
                new DatasetReader(new CandleStore(jdbc), Snapshots.of(new JdbcTransactionManager(source)));
        try {
            Path written = new DatasetExport(jdbc, reader).write(version, wanted, format);
            return Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (RefusedException e) {
            throw new MlpoolException("--dataset: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Content wanted() {
        return Content.of(content)
                .orElseThrow(() ->
                        new MlpoolException("--content must be candles or features, found '%s'".formatted(content)));
    }

    private TableFormat format() {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        return TableFormat.of(name.substring(name.lastIndexOf('.') + 1))
                .orElseThrow(() -> new MlpoolException("--file must end with .parquet or .csv, found " + file));
    }
}
