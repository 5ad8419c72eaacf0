/** From candles to a model that is proved better than the one that is live. */
@NullMarked
package io.mlpool.training;

import org.jspecify.annotations.NullMarked;
