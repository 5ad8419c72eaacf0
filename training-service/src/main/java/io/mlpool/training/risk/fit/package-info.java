/** Trees that learn how likely a severe loss is, what their margins mean, and volatility alone, which they must beat. */
@NullMarked
package io.mlpool.training.risk.fit;

import org.jspecify.annotations.NullMarked;
