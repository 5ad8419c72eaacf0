/** What a model is and what it answers: bundle, forecast, calibration, golden answer. */
@NullMarked
package io.mlpool.model;

import org.jspecify.annotations.NullMarked;
