/** What a model learns from: snapshots with a version, windows with targets, splits that do not leak. */
@NullMarked
package io.mlpool.training.dataset;

import org.jspecify.annotations.NullMarked;
