package io.mlpool.training.report;

import io.mlpool.model.Horizon;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.table.TableColumn;
import io.mlpool.training.table.TableFile;
import io.mlpool.training.table.TableFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code forecasts.parquet}: every forecast of the held-out windows and what happened, a row for each horizon, so that models and
 * libraries can be compared on the same windows. Quantiles, close and outcome are prices; the outcome is empty where it was not observed.
 */
final class ForecastTable {

    private static final String FILE = "forecasts.parquet";

    private final Judged judged;
    private final WindowSet windows;

    private ForecastTable(Judged judged) {
        this.judged = judged;
        this.windows = judged.windows();
    }

    static void write(Judged judged, ReportFolder folder) {
        ForecastTable forecasts = new ForecastTable(judged);
        folder.write(FILE, file -> {
            try (TableFile table = TableFile.create(TableFormat.PARQUET, file, forecasts.columns())) {
                forecasts.rows(table);
            }
        });
    }

    private List<TableColumn> columns() {
        List<TableColumn> columns = new ArrayList<>(List.of(
                new TableColumn("asset", TableColumn.Type.TEXT),
                new TableColumn("made_at", TableColumn.Type.TIME),
                new TableColumn("horizon", TableColumn.Type.TEXT),
                new TableColumn("close", TableColumn.Type.DOUBLE),
                new TableColumn("bar_volatility", TableColumn.Type.DOUBLE),
                new TableColumn("outcome", TableColumn.Type.DOUBLE)));
        windows.shape().levels().forEach(level -> columns.add(new TableColumn("q" + level, TableColumn.Type.DOUBLE)));
        columns.add(new TableColumn("loss", TableColumn.Type.DOUBLE));
        columns.add(new TableColumn("naive_loss", TableColumn.Type.DOUBLE));
        return columns;
    }

    private void rows(TableFile table) throws IOException {
        List<Horizon> horizons = windows.shape().horizons();
        for (int i = 0; i < windows.size(); i++) {
            for (int h = 0; h < horizons.size(); h++) {
                table.write(row(i, h, horizons.get(h)));
            }
        }
    }

    private List<Object> row(int i, int horizon, Horizon ahead) {
        List<Object> cells = new ArrayList<>(List.of(
                windows.asset(i),
                windows.asOf(i),
                ahead.label(),
                windows.lastPrice(i),
                windows.volatility(i),
                price(i, horizon, windows.target(i, horizon))));
        for (int level = 0; level < windows.shape().levels().size(); level++) {
            cells.add(price(i, horizon, judged.forecasts().quantile(i, horizon, level)));
        }
        cells.add(judged.forecasts().loss(i, horizon));
        cells.add(judged.naive().loss(i, horizon));
        return cells;
    }

    private double price(int i, int horizon, double scaledReturn) {
        return windows.lastPrice(i) * Math.exp(scaledReturn * windows.volatility(i) * Math.sqrt(judged.bars(horizon)));
    }
}
