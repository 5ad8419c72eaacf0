/** Finished candles, scored by the live Isolation Forest of their interval. */
@NullMarked
package io.mlpool.serving.forest;

import org.jspecify.annotations.NullMarked;
