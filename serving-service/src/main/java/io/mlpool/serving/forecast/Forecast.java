package io.mlpool.serving.forecast;

import io.mlpool.market.Interval;
import io.mlpool.model.Horizon;
import io.mlpool.model.PriceDistribution;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Where a model sees a price at a horizon.
 *
 * @param model version it came from
 * @param asset asset key, or what the caller called a series of its own
 * @param interval of the candles it was made from
 * @param asOf close time of the newest of them
 * @param lastPrice close of that candle, in quote currency
 * @param distribution of the price at {@link #targetTime()}
 * @param scale log return that one unit of the scaled return stands for
 * @param estimatedError expected distance between price and median, in quote currency
 * @param doubts why not to trust it, in sentences; empty when nothing speaks against it
 */
public record Forecast(
        UUID id,
        ModelLabel model,
        String asset,
        String vsCurrency,
        Interval interval,
        Instant asOf,
        Horizon horizon,
        double lastPrice,
        PriceDistribution distribution,
        double scale,
        double estimatedError,
        List<String> doubts) {

    public Forecast {
        doubts = List.copyOf(doubts);
    }

    /** The same model at the same time about the same thing is the same forecast, whichever replica makes it. */
    static UUID id(ModelLabel model, String series, Instant asOf, Horizon horizon) {
        String name = String.join(
                "|", model.name(), Integer.toString(model.version()), series, asOf.toString(), horizon.label());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    public Instant targetTime() {
        return asOf.plus(horizon.duration());
    }

    /** From here on the candles that it was made from are stale. */
    public Instant staleFrom() {
        return asOf.plus(interval.duration().multipliedBy(2));
    }

    /** The random walk's answer: the price stays where it is. */
    public double naivePrice() {
        return lastPrice;
    }

    public double probabilityUp() {
        return distribution.probabilityAbove(lastPrice);
    }
}
