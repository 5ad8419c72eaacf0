/** The Numenta Anomaly Benchmark: its data, and its rules of scoring. */
@NullMarked
package io.mlpool.standalone.nab;

import org.jspecify.annotations.NullMarked;
