/** What models of risk are worth on the history of a pool, measured and printed. */
@NullMarked
package io.mlpool.training.risk.study;

import org.jspecify.annotations.NullMarked;
