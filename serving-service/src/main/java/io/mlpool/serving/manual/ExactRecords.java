package io.mlpool.serving.manual;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Says of each record what its Java type says: these fields and no others, those that may be absent or null, and those that never are.
 */
final class ExactRecords implements OpenApiCustomizer {

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private final SchemaNames names;

    ExactRecords(SchemaNames names) {
        this.names = names;
    }

    @Override
    public void customise(OpenAPI api) {
        api.getComponents().getSchemas().forEach((name, schema) -> names.classOf(name)
                .filter(Class::isRecord)
                .ifPresent(type -> describe(type, schema)));
    }

    private static void describe(Class<?> type, Schema<?> schema) {
        schema.setTypes(Set.of("object"));
        schema.setAdditionalProperties(false);
        Set<String> required =
                new LinkedHashSet<>(Optional.ofNullable(schema.getRequired()).orElse(List.of()));
        Map<String, Schema<?>> orNull = new HashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String field = HUMP.matcher(component.getName()).replaceAll("_").toLowerCase(Locale.ROOT);
            Schema<?> property = schema.getProperties().get(field);
            if (property == null) {
                continue;
            }
            if (isAlwaysThere(type, component)) {
                required.add(field);
            } else if (isNullable(component) && !required.contains(field) && mayBeNull(type)) {
                orNull.put(field, orNull(property));
            }
        }
        orNull.forEach(schema.getProperties()::replace);
        schema.setRequired(required.isEmpty() ? null : new ArrayList<>(required));
    }

    private static boolean isAlwaysThere(Class<?> type, RecordComponent component) {
        boolean dropped = included(type) == JsonInclude.Include.NON_EMPTY
                && (Collection.class.isAssignableFrom(component.getType())
                        || Map.class.isAssignableFrom(component.getType()));
        return !isNullable(component) && !dropped;
    }

    /** Null is left out where the record says so. */
    private static boolean mayBeNull(Class<?> type) {
        return included(type) == JsonInclude.Include.ALWAYS;
    }

    private static JsonInclude.Include included(Class<?> type) {
        JsonInclude include = type.getAnnotation(JsonInclude.class);
        return include == null ? JsonInclude.Include.ALWAYS : include.value();
    }

    private static boolean isNullable(RecordComponent component) {
        return Arrays.stream(component.getAnnotatedType().getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().equals(Nullable.class));
    }

    /** The way of OpenAPI 3.1: a type more, or beside a reference a schema more. */
    private static Schema<?> orNull(Schema<?> property) {
        if (property.get$ref() != null || property.getAnyOf() != null) {
            Schema<?> either = new Schema<>();
            either.setDescription(property.getDescription());
            property.setDescription(null);
            either.setAnyOf(List.of(property, new Schema<>().types(Set.of("null"))));
            return either;
        }
        Set<String> types = new LinkedHashSet<>(types(property));
        types.add("null");
        property.setTypes(types);
        if (property.getEnum() != null) {
            addNull(property);
        }
        return property;
    }

    private static <T> void addNull(Schema<T> property) {
        List<T> values = new ArrayList<>(property.getEnum());
        values.add(null);
        property.setEnum(values);
    }

    private static Set<String> types(Schema<?> property) {
        if (property.getTypes() != null) {
            return property.getTypes();
        }
        return property.getType() == null ? Set.of() : Set.of(property.getType());
    }
}
