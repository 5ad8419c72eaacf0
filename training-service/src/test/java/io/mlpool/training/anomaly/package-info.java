@NullMarked
package io.mlpool.training.anomaly;

import org.jspecify.annotations.NullMarked;
