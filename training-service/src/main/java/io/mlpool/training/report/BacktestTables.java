package io.mlpool.training.report;

import io.mlpool.training.promotion.Comparison;
import io.mlpool.training.report.BacktestResult.PointError;
import io.mlpool.training.report.MetricsTable.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a backtest measured, in the words of its page and of its Markdown. */
public final class BacktestTables {

    private BacktestTables() {}

    /** A column for each horizon. */
    static List<Row> horizons(BacktestResult result) {
        List<Row> rows = new ArrayList<>(MetricsTable.of(result.evaluation().horizons()));
        rows.add(errors("mean absolute error of the median, % of the price", result, PointError::mae));
        rows.add(errors("the same of the last price", result, PointError::lastPriceMae));
        rows.add(probabilities("p against the random walk", result.againstNaive()));
        rows.add(probabilities("p against the last price", result.againstLastPrice()));
        return rows;
    }

    /** A row for each model. */
    static List<Row> folds(BacktestResult result) {
        List<Row> rows = new ArrayList<>();
        Stream<String> skills = result.evaluation().horizons().stream().map(score -> "skill " + score.horizon());
        rows.add(new Row(
                "model",
                Stream.concat(Stream.of("made (UTC)", "saw until", "learned from", "of", "windows"), skills)
                        .toList()));
        result.folds().forEach(fold -> rows.add(fold(fold)));
        return rows;
    }

    /**
     * Both tables as Markdown.
     *
     * @param title what was asked for
     */
    public static String markdown(String title, BacktestResult result) {
        return """
                %s

                %s

                %s
                %s
                %s
                """.formatted(
                        title,
                        span(result),
                        MetricsTable.markdown(horizons(result)),
                        MetricsTable.markdown(folds(result)),
                        verdict(result));
    }

    /** The time and the windows that were judged. */
    static String span(BacktestResult result) {
        return String.format(
                Locale.ROOT,
                "Forecasts made from %s to %s at %,d windows of %s, by %s made of %,d candles of %s.",
                result.evaluation().from(),
                result.evaluation().until(),
                result.evaluation().windows(),
                counted(result.evaluation().assets(), "asset"),
                counted(result.folds().size(), "model"),
                result.data().rows(),
                counted(result.data().assets().size(), "asset"));
    }

    /** Whether that is better than chance, in a sentence. */
    static String verdict(BacktestResult result) {
        Comparison.Verdict overall = result.againstNaive().overall();
        return String.format(
                Locale.ROOT,
                "Over all horizons the loss is %.2f %% %s than the random walk's with EWMA volatility; between equally good forecasts it would be so low or lower with probability %.2g.",
                Math.abs(overall.improvement()),
                overall.improvement() > 0 ? "lower" : "higher",
                overall.probability());
    }

    private static Row fold(BacktestFold fold) {
        Stream<String> learned = Stream.of(
                minute(fold.from()),
                minute(fold.trainedUntil()),
                number("%,d", fold.learned()),
                number("%,d", fold.available()),
                number("%,d", fold.windows()));
        Stream<String> skills = fold.horizons().stream().map(score -> number("%+.2f %%", score.skillVsNaive()));
        return new Row(
                Integer.toString(fold.number()), Stream.concat(learned, skills).toList());
    }

    private static Row errors(String name, BacktestResult result, Function<PointError, Double> error) {
        return new Row(
                name,
                result.errors().stream()
                        .map(one -> number("%.4f", error.apply(one)))
                        .toList());
    }

    private static Row probabilities(String name, Comparison comparison) {
        return new Row(
                name,
                comparison.horizons().stream()
                        .map(one -> number("%.2g", one.verdict().probability()))
                        .toList());
    }

    /** {@code 2023-01-31 23:00}. */
    private static String minute(Instant time) {
        return time.toString().substring(0, 16).replace('T', ' ');
    }

    private static String counted(int number, String what) {
        return "%d %s%s".formatted(number, what, number == 1 ? "" : "s");
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
