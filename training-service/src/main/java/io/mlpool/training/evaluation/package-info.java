/** How good forecasts are, always beside what the naive opponents would have said. */
@NullMarked
package io.mlpool.training.evaluation;

import org.jspecify.annotations.NullMarked;
