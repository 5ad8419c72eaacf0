package io.mlpool.training.backtest;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a backtest may take.
 *
 * @param mostWindows times that a backtest forecasts at most, over all its assets: they lie in memory when they are compared
 * @param leastWindows windows that the first model must have to learn from, over all assets
 * @param keep finished backtests that are kept; older ones are removed with their files
 */
@Validated
@ConfigurationProperties("mlpool.training.backtest")
record BacktestProperties(
        @DefaultValue("250000") @Min(1) int mostWindows,
        @DefaultValue("1000") @Min(10) int leastWindows,
        @DefaultValue("20") @Min(1) int keep) {}
