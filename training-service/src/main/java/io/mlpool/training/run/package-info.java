/** The life of a training run: asked for, queued in PostgreSQL, executed once, watched over HTTP. */
@NullMarked
package io.mlpool.training.run;

import org.jspecify.annotations.NullMarked;
