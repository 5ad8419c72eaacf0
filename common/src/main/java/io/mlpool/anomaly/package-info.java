/** What makes a finished candle unusual: its dimensions, computed by one code path for training and serving, and the forest that scores them. */
@NullMarked
package io.mlpool.anomaly;

import org.jspecify.annotations.NullMarked;
