/** Forecasts of whole universes: asked for at once, made in the background, fetched as a file. */
@NullMarked
package io.mlpool.serving.jobs;

import org.jspecify.annotations.NullMarked;
