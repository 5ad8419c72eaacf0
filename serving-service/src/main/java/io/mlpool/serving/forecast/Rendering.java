package io.mlpool.serving.forecast;

import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/** Writes forecasts as JSON once, so that a request for one only has to send it. */
public final class Rendering {

    private final JsonMapper json;

    public Rendering(JsonMapper json) {
        this.json = json;
    }

    public Rendered render(Forecast forecast) {
        return new Rendered(forecast, json(forecast, forecast.asOf()));
    }

    /** The prediction at this time: what has become stale meanwhile says so. */
    public String at(Rendered rendered, Instant now) {
        return now.isAfter(rendered.forecast().staleFrom()) ? json(rendered.forecast(), now) : rendered.json();
    }

    /** The prediction of a forecast that is asked for once. */
    public String json(Forecast forecast, Instant now) {
        return json.writeValueAsString(Prediction.of(forecast, now));
    }
}
