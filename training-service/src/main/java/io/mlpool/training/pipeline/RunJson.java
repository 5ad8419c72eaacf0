package io.mlpool.training.pipeline;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlpool.market.Interval;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** JSON as runs are stored, shown and asked for: snake_case, intervals as {@code 1h}, unknown fields refused. */
public final class RunJson {

    public static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(Interval.class, ByLabel.class)
            .build();

    private RunJson() {}

    private abstract static class ByLabel {

        @JsonCreator
        static Interval of(String label) {
            return Interval.of(label);
        }

        @JsonValue
        abstract String label();
    }
}
