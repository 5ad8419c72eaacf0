package io.mlpool.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as it stands in bundles: snake_case, indented for people, the same bytes for the same bundle; nothing unknown is read over. */
final class BundleJson {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private BundleJson() {}

    /**
     * Reads a record; a component of its own that may be null may also be missing, as it is in what was written before there was one.
     */
    static <T> T read(byte[] json, Class<T> type) {
        JsonNode tree = MAPPER.readTree(json);
        if (tree instanceof ObjectNode object && type.isRecord()) {
            Arrays.stream(type.getRecordComponents())
                    .filter(part -> part.getAnnotatedType().isAnnotationPresent(Nullable.class))
                    .map(part -> PropertyNamingStrategies.SNAKE_CASE.nameForField(null, null, part.getName()))
                    .filter(name -> !object.has(name))
                    .forEach(object::putNull);
        }
        return MAPPER.treeToValue(tree, type);
    }
}
