/** Backtests: what this pool would have forecast over a past time, had it run then, and how good that was. */
@NullMarked
package io.mlpool.training.backtest;

import org.jspecify.annotations.NullMarked;
