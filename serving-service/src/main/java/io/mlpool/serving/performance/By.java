package io.mlpool.serving.performance;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What forecasts are added up over; model, version, variant and horizon are always told apart. */
enum By {
    HORIZON("''"),
    DAY("day::text"),
    ASSET("asset"),
    LIQUIDITY("liquidity");

    private final String key;

    By(String key) {
        this.key = key;
    }

    /** SQL of the text that tells its parts apart. */
    String key() {
        return key;
    }

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
