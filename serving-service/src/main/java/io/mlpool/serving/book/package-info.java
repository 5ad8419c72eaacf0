/** Forecasts of every known asset, ready before anybody asks, and what became of them. */
@NullMarked
package io.mlpool.serving.book;

import org.jspecify.annotations.NullMarked;
