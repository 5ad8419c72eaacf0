package io.mlpool.serving.experiment;

import io.mlpool.market.Interval;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.Horizon;
import java.util.List;
import java.util.Optional;

/**
 * Two versions that can be compared.
 *
 * @param horizons that both answer, nearest first
 */
record Pair(String model, Interval interval, List<Horizon> horizons, int control, int challenger) {

    /** Empty when they cannot: they must be two, of one interval, with the same quantiles and a horizon in common. */
    static Optional<Pair> of(
            String model, int control, ForecastManifest controls, int challenger, ForecastManifest challengers) {
        Interval interval = controls.features().interval();
        List<Horizon> horizons = controls.shape().horizons().stream()
                .filter(challengers.shape().horizons()::contains)
                .toList();
        boolean comparable = interval == challengers.features().interval()
                && controls.shape().levels().equals(challengers.shape().levels())
                && !horizons.isEmpty()
                && control != challenger;
        return comparable ? Optional.of(new Pair(model, interval, horizons, control, challenger)) : Optional.empty();
    }
}
