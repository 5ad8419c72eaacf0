package io.mlpool.features;

import java.util.List;

/**
 * Feature schema {@code price-v1}. Everything is scaled by current volatility or bounded, so that one network serves every
 * coin. Spans are bars: with hourly candles 4 and 24 bars are the four-hour and the daily view.
 */
final class PriceFeatures {

    static final List<Feature> ALL = List.of(
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

    static final List<String> NAMES = ALL.stream().map(Feature::name).toList();

    private PriceFeatures() {}
}
