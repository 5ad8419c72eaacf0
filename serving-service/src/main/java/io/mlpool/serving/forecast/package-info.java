/** What a model says about a price: windows in, forecasts that name their origin out. */
@NullMarked
package io.mlpool.serving.forecast;

import org.jspecify.annotations.NullMarked;
