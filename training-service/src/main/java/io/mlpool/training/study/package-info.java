/** Studies: a model is tried out in several ways, and the best way goes through the gate. */
@NullMarked
package io.mlpool.training.study;

import org.jspecify.annotations.NullMarked;
