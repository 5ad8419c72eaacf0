package io.mlpool.training.export;

import io.mlpool.features.FeatureFrame;
import io.mlpool.features.FeatureSchema;
import io.mlpool.features.MarketFactor;
import io.mlpool.market.CandleSeries;
import io.mlpool.training.dataset.Dataset;
import io.mlpool.training.table.TableColumn;
import io.mlpool.training.table.TableFile;
import io.mlpool.training.table.TableFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a run learned from, as a table. */
final class DatasetTables {

    private DatasetTables() {}

    /** A row for each candle: asset, open time, close, and the turnover and range (logarithm of high over low) that features are computed from. */
    static void candles(Dataset dataset, TableFormat format, Path file) throws IOException {
        List<TableColumn> columns = List.of(
                new TableColumn("asset", TableColumn.Type.TEXT),
                new TableColumn("open_time", TableColumn.Type.TIME),
                new TableColumn("close", TableColumn.Type.DOUBLE),
                new TableColumn("turnover", TableColumn.Type.DOUBLE),
                new TableColumn("range", TableColumn.Type.FLOAT));
        try (TableFile table = TableFile.create(format, file, columns)) {
            for (CandleSeries series : dataset.series()) {
                for (int i = 0; i < series.size(); i++) {
                    table.write(List.of(
                            series.key().asset(),
                            series.openTime(i),
                            series.close(i),
                            series.turnover(i),
                            series.range(i)));
                }
            }
        }
    }

    /** A row for each candle with enough history: asset, event time (its close), close, volatility, and what a model sees of it. */
    static void features(Dataset dataset, TableFormat format, Path file) throws IOException {
        FeatureSchema schema = dataset.schema(1);
        MarketFactor market = MarketFactor.of(schema, dataset.series());
        List<TableColumn> columns = new ArrayList<>(List.of(
                new TableColumn("asset", TableColumn.Type.TEXT),
                new TableColumn("event_time", TableColumn.Type.TIME),
                new TableColumn("close", TableColumn.Type.DOUBLE),
                new TableColumn("bar_volatility", TableColumn.Type.DOUBLE)));
        schema.names().forEach(name -> columns.add(new TableColumn(name, TableColumn.Type.FLOAT)));
        try (TableFile table = TableFile.create(format, file, columns)) {
            for (CandleSeries series : dataset.series()) {
                for (FeatureFrame frame : FeatureFrame.of(schema, series, market)) {
                    write(table, frame);
                }
            }
        }
    }

    private static void write(TableFile table, FeatureFrame frame) throws IOException {
        for (int row = 0; row < frame.rows(); row++) {
            if (frame.hasWindow(row)) {
                List<Object> cells = new ArrayList<>(
                        List.of(frame.key().asset(), frame.closeTime(row), frame.close(row), frame.volatility(row)));
                for (int i = 0; i < frame.schema().width(); i++) {
                    cells.add(frame.value(row, i));
                }
                table.write(cells);
            }
        }
    }
}
