/** Keeps the values of the feature views as candles close, come late or are corrected, and tells of the views. */
@NullMarked
package io.mlpool.serving.featurestore;

import org.jspecify.annotations.NullMarked;
