/** The question POST /predict asks, and its answer. */
@NullMarked
package io.mlpool.serving.prediction;

import org.jspecify.annotations.NullMarked;
