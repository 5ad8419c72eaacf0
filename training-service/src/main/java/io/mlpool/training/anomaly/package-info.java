/** Trains the models that find anomalies: points, forest, threshold from a budget of alarms, evaluation without labels, gate, registry. */
@NullMarked
package io.mlpool.training.anomaly;

import org.jspecify.annotations.NullMarked;
