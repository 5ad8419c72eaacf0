/** Open Inference Protocol v2 and MLflow's scoring protocol: windows of features in, the graph's quantiles out. */
@NullMarked
package io.mlpool.serving.inference;

import org.jspecify.annotations.NullMarked;
