/** How likely a severe loss is: what happened after each day, trees that learn it, how good they are, and whether they go live. */
@NullMarked
package io.mlpool.training.risk;

import org.jspecify.annotations.NullMarked;
