package io.mlpool.training.report;

import io.mlpool.encryption.StoredFile;
import io.mlpool.training.dataset.Sample;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.naive.LastPrice;
import io.mlpool.training.table.TableColumn;
import io.mlpool.training.table.TableFile;
import io.mlpool.training.table.TableFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.StreamUtils;

/**
 * Every forecast of some windows and what came of it, a row for each horizon, so that models and libraries can be compared on the same
 * windows. Quantiles and outcome are prices. Losses are in scaled returns: summed up and divided by the sum of
 * {@code abs(scaled_return)} they are the wQL of the report.
 */
public final class ForecastTable {

    private static final String FILE = "forecasts.parquet";

    private final WindowSet windows;
    private final Forecasts model;
    private final Forecasts naive;
    private final Forecasts lastPrice;

    /**
     * The table of these forecasts.
     *
     * @param naive the random walk's of the same windows
     */
    public ForecastTable(Forecasts model, Forecasts naive) {
        this.windows = model.windows();
        this.model = model;
        this.naive = naive;
        this.lastPrice = Forecasts.constant(new LastPrice(windows.shape()), windows);
    }

    /** At most so many windows of it, at even distances. */
    public ForecastTable thinned(int most) {
        int[] positions = Sample.evenly(windows.size(), most);
        return positions.length == windows.size()
                ? this
                : new ForecastTable(model.select(positions), naive.select(positions));
    }

    /** Writes it as CSV in the place of what is there, at once. */
    public void csv(StoredFile file) {
        try {
            file.write(out -> {
                try (TableFile table = TableFile.csv(StreamUtils.nonClosing(out), columns())) {
                    rows(table);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file.path(), e);
        }
    }

    /** Leaves it among the artifacts of a run, as Parquet. */
    public void parquet(ReportFolder folder) {
        folder.write(FILE, file -> {
            try (TableFile table = TableFile.create(TableFormat.PARQUET, file, columns())) {
                rows(table);
            }
        });
    }

    private List<TableColumn> columns() {
        List<TableColumn> columns = new ArrayList<>(List.of(
                new TableColumn("asset", TableColumn.Type.TEXT),
                new TableColumn("made_at", TableColumn.Type.TIME),
                new TableColumn("horizon", TableColumn.Type.TEXT),
                new TableColumn("target_time", TableColumn.Type.TIME),
                new TableColumn("price", TableColumn.Type.DOUBLE),
                new TableColumn("bar_volatility", TableColumn.Type.DOUBLE)));
        windows.shape()
                .levels()
                .forEach(level -> columns.add(new TableColumn(quantile(level), TableColumn.Type.FLOAT)));
        for (String name : List.of("outcome", "scaled_return", "loss", "random_walk_loss", "last_price_loss")) {
            columns.add(new TableColumn(name, TableColumn.Type.FLOAT));
        }
        return columns;
    }

    /** {@code q5} of 0.05. */
    private static String quantile(double level) {
        return "q"
                + BigDecimal.valueOf(level)
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private void rows(TableFile table) throws IOException {
        for (int i = 0; i < windows.size(); i++) {
            for (int horizon = 0; horizon < windows.shape().horizons().size(); horizon++) {
                table.write(row(i, horizon));
            }
        }
    }

    private List<Object> row(int i, int horizon) {
        List<Object> cells = new ArrayList<>(List.of(
                windows.asset(i),
                windows.asOf(i),
                windows.shape().horizons().get(horizon).label(),
                windows.asOf(i).plus(windows.shape().horizons().get(horizon).duration()),
                windows.lastPrice(i),
                windows.volatility(i)));
        for (int level = 0; level < windows.shape().levels().size(); level++) {
            cells.add(price(i, horizon, model.quantile(i, horizon, level)));
        }
        cells.add(price(i, horizon, windows.target(i, horizon)));
        cells.add(windows.target(i, horizon));
        for (Forecasts one : List.of(model, naive, lastPrice)) {
            cells.add((float) one.loss(i, horizon));
        }
        return cells;
    }

    private float price(int i, int horizon, double scaledReturn) {
        return (float) (windows.lastPrice(i) * (1 + windows.change(i, horizon, scaledReturn)));
    }
}
