/** The gate: which model goes live, and the numbers that say why. */
@NullMarked
package io.mlpool.training.promotion;

import org.jspecify.annotations.NullMarked;
