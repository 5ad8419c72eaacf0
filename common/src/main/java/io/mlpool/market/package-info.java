/** What is traded and what was paid: assets, intervals, candles, series. */
@NullMarked
package io.mlpool.market;

import org.jspecify.annotations.NullMarked;
