/** The opponents that every model has to beat. */
@NullMarked
package io.mlpool.training.naive;

import org.jspecify.annotations.NullMarked;
