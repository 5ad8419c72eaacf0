/** Tells people and programs when a figure of the pool leaves the bound that a rule sets: evaluated, shown, streamed, delivered. */
@NullMarked
package io.mlpool.serving.alert;

import org.jspecify.annotations.NullMarked;
