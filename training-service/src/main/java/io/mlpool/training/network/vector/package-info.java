/** Arithmetic on arrays of floats as fast as the machine's vectors allow, for layers that compute in Java. */
@NullMarked
package io.mlpool.training.network.vector;

import org.jspecify.annotations.NullMarked;
