package io.mlpool.serving.alert.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Conditions as JSON: the fields of the record, and its kind as {@code type}. */
public final class Conditions {

    static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(
                    all -> all.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
            .build();

    private static final String TYPE = "type";

    private static final Map<String, Class<? extends Condition>> TYPES = types();

    private Conditions() {}

    private static Map<String, Class<? extends Condition>> types() {
        Map<String, Class<? extends Condition>> types = new LinkedHashMap<>();
        types.put("risk_level", Condition.RiskLevel.class);
        types.put("risk_change", Condition.RiskChange.class);
        types.put("anomaly_grade", Condition.AnomalyGrade.class);
        types.put("anomaly_count", Condition.AnomalyCount.class);
        types.put("coverage", Condition.Coverage.class);
        types.put("error_ratio", Condition.ErrorRatio.class);
        types.put("stale_data", Condition.StaleData.class);
        types.put("model_age", Condition.ModelAge.class);
        types.put("no_model", Condition.NoModel.class);
        types.put("forecast_move", Condition.ForecastMove.class);
        types.put("forecast_probability", Condition.ForecastProbability.class);
        return types;
    }

    /** Their names. */
    public static List<String> names() {
        return List.copyOf(TYPES.keySet());
    }

    /** The record that the type stands for; null when it stands for none. */
    public static @Nullable Class<? extends Condition> kind(JsonNode condition) {
        return TYPES.get(condition.path(TYPE).asString(""));
    }

    /** Without its type: the fields of the record. */
    public static JsonNode fields(JsonNode condition) {
        ObjectNode fields = ((ObjectNode) condition).deepCopy();
        fields.remove(TYPE);
        return fields;
    }

    /** As {@link #json} wrote it. */
    static Condition read(JsonNode condition) {
        Class<? extends Condition> kind = kind(condition);
        if (kind == null) {
            throw new IllegalArgumentException("unknown condition " + condition);
        }
        return JSON.treeToValue(fields(condition), kind);
    }

    public static ObjectNode json(Condition condition) {
        ObjectNode json = JSON.createObjectNode();
        TYPES.forEach((name, kind) -> {
            if (kind.isInstance(condition)) {
                json.put(TYPE, name);
            }
        });
        json.setAll((ObjectNode) JSON.valueToTree(condition));
        return json;
    }
}
