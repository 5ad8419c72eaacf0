/** The statistical model: volatility as a line through what is known of it, fitted at once. */
@NullMarked
package io.mlpool.training.volatility;

import org.jspecify.annotations.NullMarked;
