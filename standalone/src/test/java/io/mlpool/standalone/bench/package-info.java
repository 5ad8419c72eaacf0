/** Benchmarks measured. */
@NullMarked
package io.mlpool.standalone.bench;

import org.jspecify.annotations.NullMarked;
