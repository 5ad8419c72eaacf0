/** What is known of the market: assets, the newest candles of each, chart data. */
@NullMarked
package io.mlpool.serving.market;

import org.jspecify.annotations.NullMarked;
