package io.mlpool.serving.book;

import io.mlpool.serving.forecast.Forecast;
import io.mlpool.serving.forecast.Watched;
import java.util.Optional;

/**
 * A forecast that is to be stored.
 *
 * @param watched what is counted for drift when it is stored for the first time
 */
record Made(Forecast forecast, Optional<Watched> watched) {}
