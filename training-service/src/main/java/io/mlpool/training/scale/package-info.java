/** Models of how far a price may go: a scale for each window and horizon, times the quantiles of returns divided by it. */
@NullMarked
package io.mlpool.training.scale;

import org.jspecify.annotations.NullMarked;
