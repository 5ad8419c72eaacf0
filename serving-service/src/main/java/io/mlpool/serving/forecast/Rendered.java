package io.mlpool.serving.forecast;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/**
 * A forecast with the JSON of its {@link Prediction}, so that a request for it only has to send it. It is written once while the
 * candles behind it are fresh, and from then on once a minute, since it says how old they are.
 */
public final class Rendered {

    private final Forecast forecast;
    private final JsonMapper json;
    private final byte[] fresh;
    private volatile Stale stale = new Stale(-1, new byte[0]);

    Rendered(Forecast forecast, JsonMapper json) {
        this.forecast = forecast;
        this.json = json;
        this.fresh = json.writeValueAsBytes(Prediction.of(forecast, forecast.asOf()));
    }

    /** @param minute of the candles' age in which this is true */
    private record Stale(long minute, byte[] json) {}

    public Forecast forecast() {
        return forecast;
    }

    /** The prediction at this time, in UTF-8; not to be changed. */
    public byte[] at(Instant now) {
        return now.isAfter(forecast.staleFrom()) ? stale(now) : fresh;
    }

    private byte[] stale(Instant now) {
        long minute = Duration.between(forecast.asOf(), now).toMinutes();
        Stale known = stale;
        if (known.minute() != minute) {
            known = new Stale(minute, json.writeValueAsBytes(Prediction.of(forecast, now)));
            stale = known;
        }
        return known.json();
    }
}
