/** How likely a severe loss is: a training from candles to a registered model, and the gate that says whether it goes live. */
@NullMarked
package io.mlpool.training.risk;

import org.jspecify.annotations.NullMarked;
