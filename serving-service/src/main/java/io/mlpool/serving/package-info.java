/** The newest model, hot: forecasts over REST. */
@NullMarked
package io.mlpool.serving;

import org.jspecify.annotations.NullMarked;
