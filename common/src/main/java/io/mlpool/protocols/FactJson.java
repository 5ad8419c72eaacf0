package io.mlpool.protocols;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Facts as their columns of type {@code jsonb} hold them: what is not known is left out, so that a new component changes no fact. */
public final class FactJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private FactJson() {}

    public static String write(Object fact) {
        return JSON.writeValueAsString(fact);
    }

    static <T> T read(String json, Class<T> type) {
        return JSON.readValue(json, type);
    }
}
