/** Runs as MLflow shows them: told from the journal, again after any interruption, and never twice. */
@NullMarked
package io.mlpool.training.tracking;

import org.jspecify.annotations.NullMarked;
