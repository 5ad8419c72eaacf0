@NullMarked
package io.mlpool.serving.anomalies;

import org.jspecify.annotations.NullMarked;
