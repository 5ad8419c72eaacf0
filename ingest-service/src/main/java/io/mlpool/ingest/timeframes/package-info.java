/** Longer candles out of complete periods of shorter ones. */
@NullMarked
package io.mlpool.ingest.timeframes;

import org.jspecify.annotations.NullMarked;
