/** Writes ONNX graphs. */
@NullMarked
package io.mlpool.training.network.onnx;

import org.jspecify.annotations.NullMarked;
