/** How good answers are on rows that came later. */
@NullMarked
package io.mlpool.training.risk.evaluation;

import org.jspecify.annotations.NullMarked;
