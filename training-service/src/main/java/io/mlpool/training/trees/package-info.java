/** Gradient boosted trees of XGBoost that say quantiles or a scale; a row for each window, a graph of ONNX for serving. */
@NullMarked
package io.mlpool.training.trees;

import org.jspecify.annotations.NullMarked;
