package io.mlpool.features;

import java.util.List;
import java.util.stream.Stream;

/**
 * Feature schemas {@code price-v1}; {@code price-v2}, which sees volatility over more spans, its season over the day and how much
 * is traded; and {@code price-v3}, which sees the range of bars. Everything is scaled by current volatility or bounded, so that one network serves every coin. Spans are bars: with
 * hourly candles 4 and 24 bars are the four-hour and the daily view.
 */
final class PriceFeatures {

    static final List<Feature> V1 = List.of(
            new Feature("return_1", (bars, i) -> bars.scaledReturn(i, 1)),
            new Feature("return_2", (bars, i) -> bars.scaledReturn(i, 2)),
            new Feature("return_4", (bars, i) -> bars.scaledReturn(i, 4)),
            new Feature("return_8", (bars, i) -> bars.scaledReturn(i, 8)),
            new Feature("return_24", (bars, i) -> bars.scaledReturn(i, 24)),
            new Feature("return_72", (bars, i) -> bars.scaledReturn(i, 72)),
            new Feature("return_168", (bars, i) -> bars.scaledReturn(i, 168)),
            new Feature("volatility", (bars, i) -> Math.log(bars.volatility(i))),
            new Feature("volatility_6", (bars, i) -> bars.relativeVolatility(i, 6)),
            new Feature("volatility_24", (bars, i) -> bars.relativeVolatility(i, 24)),
            new Feature("volatility_168", (bars, i) -> bars.relativeVolatility(i, 168)),
            new Feature("rsi_14", Bars::rsi),
            new Feature("strength_4", (bars, i) -> bars.relativeStrength(i, 4)),
            new Feature("strength_24", (bars, i) -> bars.relativeStrength(i, 24)),
            new Feature("macd", Bars::macd),
            new Feature("macd_histogram", Bars::macdHistogram),
            new Feature("range_24", (bars, i) -> bars.rangePosition(i, 24)),
            new Feature("range_168", (bars, i) -> bars.rangePosition(i, 168)),
            new Feature("drawdown_168", (bars, i) -> bars.drawdown(i, 168)),
            new Feature("turnover_score_168", (bars, i) -> bars.turnoverScore(i, 168)),
            new Feature("turnover_change_1", (bars, i) -> bars.turnoverChange(i, 1)),
            new Feature("turnover_change_24", (bars, i) -> bars.turnoverChange(i, 24)),
            new Feature("hour_sin", (bars, i) -> Math.sin(2 * Math.PI * bars.hourOfDay(i) / 24)),
            new Feature("hour_cos", (bars, i) -> Math.cos(2 * Math.PI * bars.hourOfDay(i) / 24)),
            new Feature("weekday_sin", (bars, i) -> Math.sin(2 * Math.PI * bars.dayOfWeek(i) / 7)),
            new Feature("weekday_cos", (bars, i) -> Math.cos(2 * Math.PI * bars.dayOfWeek(i) / 7)),
            new Feature("leader_return_1", (bars, i) -> bars.market(i, MarketFactor.Column.LEADER_1)),
            new Feature("leader_return_4", (bars, i) -> bars.market(i, MarketFactor.Column.LEADER_4)),
            new Feature("leader_return_24", (bars, i) -> bars.market(i, MarketFactor.Column.LEADER_24)),
            new Feature("market_return_1", (bars, i) -> bars.market(i, MarketFactor.Column.MEAN_1)),
            new Feature("market_return_24", (bars, i) -> bars.market(i, MarketFactor.Column.MEAN_24)));

    static final List<Feature> V2 = Stream.concat(
                    V1.stream(),
                    Stream.of(
                            new Feature("volatility_3", (bars, i) -> bars.relativeVolatility(i, 3)),
                            new Feature("volatility_12", (bars, i) -> bars.relativeVolatility(i, 12)),
                            new Feature("volatility_48", (bars, i) -> bars.relativeVolatility(i, 48)),
                            new Feature("volatility_336", (bars, i) -> bars.relativeVolatility(i, 336)),
                            new Feature("ewma_volatility_2", (bars, i) -> bars.moves()
                                    .ewmaVolatility(i, 2)),
                            new Feature("ewma_volatility_6", (bars, i) -> bars.moves()
                                    .ewmaVolatility(i, 6)),
                            new Feature("ewma_volatility_12", (bars, i) -> bars.moves()
                                    .ewmaVolatility(i, 12)),
                            new Feature("mean_move_6", (bars, i) -> bars.moves().mean(i, 6)),
                            new Feature(
                                    "mean_move_24", (bars, i) -> bars.moves().mean(i, 24)),
                            new Feature(
                                    "mean_move_168", (bars, i) -> bars.moves().mean(i, 168)),
                            new Feature(
                                    "largest_move_24", (bars, i) -> bars.moves().largest(i, 24)),
                            new Feature("largest_move_168", (bars, i) -> bars.moves()
                                    .largest(i, 168)),
                            new Feature("downside_24", (bars, i) -> bars.moves().downside(i, 24)),
                            new Feature(
                                    "downside_168", (bars, i) -> bars.moves().downside(i, 168)),
                            new Feature("still_24", (bars, i) -> bars.moves().still(i, 24)),
                            new Feature("season_1", (bars, i) -> bars.moves().season(i, 0, 1)),
                            new Feature("season_4", (bars, i) -> bars.moves().season(i, 1, 4)),
                            new Feature("season_8", (bars, i) -> bars.moves().season(i, 4, 8)),
                            new Feature("turnover", (bars, i) -> bars.logTurnover(i) / Math.log(10) - 7)))
            .toList();

    static final List<Feature> V3 = Stream.concat(
                    V2.stream(),
                    Stream.of(1, 3, 6, 24)
                            .map(span -> new Feature("parkinson_" + span, (bars, i) -> bars.parkinson()
                                    .over(i, span))))
            .toList();

    /**
     * The features of a schema version, in the order of its columns.
     *
     * @throws IllegalArgumentException when this code does not compute it
     */
    static List<Feature> of(String version) {
        return switch (version) {
            case FeatureSchema.PRICE_V1 -> V1;
            case FeatureSchema.PRICE_V2 -> V2;
            case FeatureSchema.PRICE_V3 -> V3;
            default ->
                throw new IllegalArgumentException(
                        "this build computes feature schemas %s, %s and %s, found %s: use the build that made the model"
                                .formatted(
                                        FeatureSchema.PRICE_V1,
                                        FeatureSchema.PRICE_V2,
                                        FeatureSchema.PRICE_V3,
                                        version));
        };
    }

    static List<String> names(String version) {
        return of(version).stream().map(Feature::name).toList();
    }

    private PriceFeatures() {}
}
