/** The Skoltech Anomaly Benchmark: its series, and what is counted of a detector. */
@NullMarked
package io.mlpool.standalone.skab;

import org.jspecify.annotations.NullMarked;
