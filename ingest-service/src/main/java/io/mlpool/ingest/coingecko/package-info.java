/** CoinGecko: prices of nearly every coin, as points in time, within the limits of a plan. */
@NullMarked
package io.mlpool.ingest.coingecko;

import org.jspecify.annotations.NullMarked;
