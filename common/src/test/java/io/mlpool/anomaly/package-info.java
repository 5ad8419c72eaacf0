@NullMarked
package io.mlpool.anomaly;

import org.jspecify.annotations.NullMarked;
