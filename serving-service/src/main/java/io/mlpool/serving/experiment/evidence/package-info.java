/** How sure it is that one arm of an experiment forecasts better than the other, whenever somebody looks. */
@NullMarked
package io.mlpool.serving.experiment.evidence;

import org.jspecify.annotations.NullMarked;
