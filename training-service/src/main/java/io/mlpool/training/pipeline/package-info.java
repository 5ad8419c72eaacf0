/** The way of one training from snapshot to alias, and the folder that it can be resumed from. */
@NullMarked
package io.mlpool.training.pipeline;

import org.jspecify.annotations.NullMarked;
