/** Batch jobs: the forecasts of whole universes, made in chunks in the background, each chunk once. */
@NullMarked
package io.mlpool.serving.jobs;

import org.jspecify.annotations.NullMarked;
