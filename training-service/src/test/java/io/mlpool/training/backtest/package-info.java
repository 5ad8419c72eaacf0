@NullMarked
package io.mlpool.training.backtest;

import org.jspecify.annotations.NullMarked;
