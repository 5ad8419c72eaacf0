package io.mlpool.serving.performance;

import io.mlpool.model.ForecastManifest;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.Horizon;
import io.mlpool.model.LiveCorrection;
import io.mlpool.model.NaiveQuantiles;
import io.mlpool.serving.live.LiveForecaster;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps what the forecasts of each version are measured and corrected by, so that they can be scored when its bundle is long gone. */
final class Measures {

    private final JdbcClient jdbc;

    Measures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores the levels of a version, its opponent's quantiles and the step of its correction, unless they are stored. */
    void keep(LiveForecaster model) {
        ForecastManifest manifest = model.manifest();
        ForecastShape shape = manifest.shape();
        for (int horizon = 0; horizon < shape.horizons().size(); horizon++) {
            Horizon ahead = shape.horizons().get(horizon);
            jdbc.sql("""
                    INSERT INTO forecast_measure (model, version, horizon, interval, seconds, levels, naive, correction_step)
                    VALUES (:model, :version, :horizon, :interval, :seconds, :levels, :naive, :step)
                    ON CONFLICT (model, version, horizon) DO NOTHING
                    """)
                    .param("model", model.slot().model())
                    .param("version", model.version().version())
                    .param("horizon", ahead.label())
                    .param("interval", manifest.features().interval().label())
                    .param("seconds", ahead.duration().toSeconds())
                    .param("levels", shape.levels().toArray(Double[]::new))
                    .param("naive", naive(manifest.naive(), horizon))
                    .param(
                            "step",
                            LiveCorrection.step(ahead.bars(manifest.features().interval())))
                    .update();
        }
    }

    private static Double @Nullable [] naive(@Nullable NaiveQuantiles naive, int horizon) {
        return naive == null ? null : naive.quantiles().get(horizon).toArray(Double[]::new);
    }
}
