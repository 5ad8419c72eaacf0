/** What a model sees: features of candles known at a point in time, computed by one code path for training and serving. */
@NullMarked
package io.mlpool.features;

import org.jspecify.annotations.NullMarked;
