package io.mlpool.serving.forecast;

import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/** Writes forecasts as JSON. */
public final class Rendering {

    private final JsonMapper json;

    public Rendering(JsonMapper json) {
        this.json = json;
    }

    /** For a forecast that is asked for again and again. */
    public Rendered render(Forecast forecast) {
        return new Rendered(forecast, json);
    }

    /** The prediction of a forecast that is asked for once, in UTF-8. */
    public byte[] json(Forecast forecast, Instant now) {
        return json.writeValueAsBytes(Prediction.of(forecast, now));
    }
}
