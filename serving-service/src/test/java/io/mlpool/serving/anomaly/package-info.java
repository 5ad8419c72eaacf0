@NullMarked
package io.mlpool.serving.anomaly;

import org.jspecify.annotations.NullMarked;
