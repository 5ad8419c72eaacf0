package io.mlpool.featurestore;

import io.mlpool.features.FeatureFrame;
import io.mlpool.features.FeatureSchema;
import io.mlpool.features.MarketFactor;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the forecasters see of an asset's own candles, schema {@code price-v3}. The columns of that schema that are about the market are
 * {@link MarketView}'s: a corrected candle of bitcoin would else change the rows of all assets.
 */
final class PriceView implements FeatureView {

    private final FeatureSchema schema;
    private final int[] columns;
    private final ViewDefinition definition;

    PriceView(Interval interval) {
        schema = FeatureSchema.price(interval, 1, List.of());
        columns = IntStream.range(0, schema.width())
                .filter(i -> !MarketView.isMarket(schema.names().get(i)))
                .toArray();
        definition = new ViewDefinition(
                "price_" + interval,
                2,
                "forecasting",
                Entity.ASSET,
                interval,
                interval.duration().multipliedBy(2),
                schema.historyBars(),
                List.of(),
                "Returns, volatility, ranges, indicators and turnover of an asset, scaled by its own volatility: what the price models see"
                        + " of it (docs/features.md). Numbers in names are bars.",
                IntStream.of(columns)
                        .mapToObj(i -> schema.names().get(i))
                        .map(name -> new ViewFeature(name, meaning(name, interval.duration())))
                        .toList());
    }

    @Override
    public ViewDefinition definition() {
        return definition;
    }

    @Override
    public List<FeatureRow> rows(Collection<CandleSeries> series) {
        MarketFactor none = MarketFactor.of(schema, List.of());
        return series.stream()
                .flatMap(one -> FeatureFrame.of(schema, one, none).stream())
                .flatMap(frame -> rows(frame, columns))
                .toList();
    }

    /** The columns of a frame wherever a candle was observed and enough came before. */
    static java.util.stream.Stream<FeatureRow> rows(FeatureFrame frame, int[] columns) {
        return IntStream.range(0, frame.rows()).filter(frame::hasWindow).mapToObj(row -> {
            float[] values = new float[columns.length];
            for (int i = 0; i < columns.length; i++) {
                values[i] = frame.value(row, columns[i]);
            }
            return new FeatureRow(frame.closeTime(row), values);
        });
    }

    private static String meaning(String name, Duration bar) {
        String stem = name.replaceAll("_\\d+$", "");
        String bars = name.substring(stem.length()).replace("_", "");
        return switch (stem) {
            case "return" -> "log return over %s bars in units of the volatility expected over them".formatted(bars);
            case "volatility" ->
                bars.isEmpty()
                        ? "logarithm of the volatility of a bar of " + bar.toMinutes() + " minutes"
                        : "log ratio of the volatility of the last %s bars to the current one".formatted(bars);
            case "ewma_volatility" ->
                "log ratio of the exponentially weighted volatility of a half-life of %s bars to the current one"
                        .formatted(bars);
            case "mean_move" ->
                "log ratio of the mean size of the last %s returns to the current volatility".formatted(bars);
            case "largest_move" ->
                "log ratio of the largest of the last %s returns to the current volatility".formatted(bars);
            case "downside" ->
                "log ratio of the root mean square of the losses of %s bars to the current volatility".formatted(bars);
            case "still" -> "share of the last %s bars in which the close did not move".formatted(bars);
            case "season" ->
                "log ratio of the size of returns at the time of day of %s to that of all, over two weeks; 0 for bars under an hour"
                        .formatted(
                                switch (bars) {
                                    case "1" -> "the next bar";
                                    case "4" -> "bars 2 to 4 from now";
                                    case "8" -> "bars 5 to 8 from now";
                                    default -> throw new IllegalStateException("say what %s means".formatted(name));
                                });
            case "parkinson" ->
                "log ratio of the volatility that highs and lows of the last %s bars tell to the current one"
                        .formatted(bars);
            case "turnover" ->
                "decimal logarithm of what was traded in the %d hours to the close, or in 24 where the source tells those; quote currency, less 7"
                        .formatted(Math.min(24, 24 * bar.toMinutes() / 60));
            case "rsi" -> "relative strength index of %s bars, -1 to 1".formatted(bars);
            case "strength" -> "gains less losses over 14 steps of %s bars, -1 to 1".formatted(bars);
            case "macd" -> "moving average convergence divergence in units of a bar's volatility";
            case "macd_histogram" -> "MACD less its signal line in units of a bar's volatility";
            case "range" -> "place of the close between the lowest and the highest of %s bars, -1 to 1".formatted(bars);
            case "drawdown" -> "distance below the highest close of %s bars in units of volatility".formatted(bars);
            case "turnover_score" -> "log turnover against its mean of %s bars in standard deviations".formatted(bars);
            case "turnover_change" -> "change of log turnover over %s bars".formatted(bars);
            case "hour_sin", "hour_cos" -> "hour of the day of the close, UTC, on a circle";
            case "weekday_sin", "weekday_cos" -> "day of the week of the close, UTC, on a circle";
            default -> throw new IllegalStateException("say what %s means".formatted(name));
        };
    }
}
