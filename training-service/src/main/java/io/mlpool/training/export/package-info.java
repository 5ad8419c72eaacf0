/** Data sets of runs, taken out as files. */
@NullMarked
package io.mlpool.training.export;

import org.jspecify.annotations.NullMarked;
