/** Assets by day with what came of them: rows of the past, whether a severe loss followed, and how they are cut by time. */
@NullMarked
package io.mlpool.training.risk.panel;

import org.jspecify.annotations.NullMarked;
