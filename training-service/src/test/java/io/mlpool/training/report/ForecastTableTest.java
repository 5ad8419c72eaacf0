package io.mlpool.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import blue.strategic.parquet.ParquetReader;
import io.mlpool.model.ForecastShape;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.evaluation.Handmade;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastTableTest {

    private static final int WINDOWS = 60;

    @TempDir
    Path directory;

    @Test
    void everyForecastIsARowOfPricesFromWhichItsLossCanBeComputedAgain() throws IOException {
        WindowSet windows = Handmade.windows(WINDOWS, (window, horizon) -> Math.sin(window));
        Forecasts model = Handmade.forecasts(windows, (window, horizon, level) -> 2 * level - 1 + window * 1e-3);
        Forecasts naive = Handmade.forecasts(windows, (window, horizon, level) -> 3 * level - 1.5);
        ReportFolder folder = new ReportFolder(directory);

        new ForecastTable(model, naive).parquet(folder);

        Path file = folder.find("forecasts.parquet").orElseThrow();
        try (Stream<String[]> table = ParquetReader.streamContentToStrings(file.toFile())) {
            List<Map<String, String>> rows = table.map(ForecastTableTest::cells).toList();

            assertThat(rows).hasSize(2 * WINDOWS);
            assertThat(rows.getFirst()).containsEntry("asset", "bitcoin").containsEntry("horizon", "1h");
            assertThat(rows.subList(0, 20))
                    .allSatisfy(row -> assertThat(lossOfPrices(row)).isCloseTo(number(row, "loss"), within(1e-4)));
            assertThat(rows).extracting(row -> row.get("random_walk_loss")).doesNotContain("NaN");
        }
    }

    private static Map<String, String> cells(String[] row) {
        return Stream.of(row)
                .map(cell -> cell.split("=", 2))
                .collect(Collectors.toMap(cell -> cell[0], cell -> cell[1]));
    }

    /** Twice the pinball loss, mean over the levels, of log returns in units of the volatility over the horizon. */
    private static double lossOfPrices(Map<String, String> row) {
        double scale = number(row, "bar_volatility") * Math.sqrt("4h".equals(row.get("horizon")) ? 4 : 1);
        return ForecastShape.DEFAULT_LEVELS.stream()
                .mapToDouble(level -> {
                    double miss = Math.log(number(row, "outcome") / number(row, "q" + Math.round(100 * level))) / scale;
                    return 2 * Math.max(level * miss, (level - 1) * miss);
                })
                .average()
                .orElseThrow();
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.getOrDefault(column, "NaN"));
    }
}
