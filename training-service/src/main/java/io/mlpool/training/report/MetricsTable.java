package io.mlpool.training.report;

import io.mlpool.training.evaluation.HorizonScore;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was measured at each horizon beside the naive opponents, in the words of every report. */
public final class MetricsTable {

    private MetricsTable() {}

    /**
     * A metric.
     *
     * @param cells one for each horizon, nearest first
     */
    public record Row(String name, List<String> cells) {

        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** The rows, the horizons themselves first. */
    public static List<Row> of(List<HorizonScore> scores) {
        return List.of(
                row("horizon", scores, score -> score.horizon().label()),
                row("forecasts", scores, score -> number("%,d", score.forecasts())),
                row("wQL", scores, score -> number("%.4f", score.wql())),
                row("wQL of the random walk with EWMA volatility", scores, score -> number("%.4f", score.naiveWql())),
                row("skill against it", scores, score -> number("%+.2f %%", score.skillVsNaive())),
                row("skill against the last price", scores, score -> number("%+.2f %%", score.skillVsLastPrice())),
                row("coverage of the 50 % interval", scores, score -> coverage(score, "50")),
                row("coverage of the 80 % interval", scores, score -> coverage(score, "80")),
                row("coverage of the 90 % interval", scores, score -> coverage(score, "90")),
                row("MASE of the median", scores, score -> number("%.4f", score.mase())),
                row("MASE of the last price", scores, score -> number("%.4f", score.lastPriceMase())),
                row("direction right (95 % confidence)", scores, MetricsTable::direction));
    }

    /** The same rows as Markdown, the first one its head. */
    public static String markdown(List<Row> rows) {
        String ruler =
                line(new Row("---", Collections.nCopies(rows.getFirst().cells().size(), "---")));
        return line(rows.getFirst())
                + ruler
                + rows.stream().skip(1).map(MetricsTable::line).collect(Collectors.joining());
    }

    private static String line(Row row) {
        return row.cells().stream().collect(Collectors.joining(" | ", "| " + row.name() + " | ", " |\n"));
    }

    private static Row row(String name, List<HorizonScore> scores, Function<HorizonScore, String> cell) {
        return new Row(name, scores.stream().map(cell).toList());
    }

    private static String direction(HorizonScore score) {
        if (score.direction().saysNothing()) {
            return "none foretold";
        }
        return number("%.1f %%", 100 * score.direction().accuracy())
                + number(" (%.1f", 100 * score.direction().low())
                + number(" to %.1f)", 100 * score.direction().high());
    }

    private static String coverage(HorizonScore score, String interval) {
        return number("%.1f %%", 100 * score.coverage().getOrDefault(interval, Double.NaN));
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
