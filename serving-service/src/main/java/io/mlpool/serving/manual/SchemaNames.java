package io.mlpool.serving.manual;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of schemas. A record within a record bears the name of both, for many records have an {@code Item}; one within an endpoint
 * has a name of its own.
 */
final class SchemaNames extends TypeNameResolver {

    private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();

    /** The class behind a schema. */
    Optional<Class<?>> classOf(String schema) {
        return Optional.ofNullable(classes.get(schema));
    }

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        String name = super.nameForClass(type, options);
        Class<?> outer = type.getEnclosingClass();
        if (outer != null && !outer.getSimpleName().endsWith("Endpoint")) {
            name = outer.getSimpleName() + name;
        }
        Class<?> known = classes.putIfAbsent(name, type);
        return known == null || known.equals(type) ? name : qualified(type, name);
    }

    /** Two of the same name: the second one gets that of its package before it. */
    private String qualified(Class<?> type, String name) {
        String room = type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
        String whole = Character.toUpperCase(room.charAt(0)) + room.substring(1) + name;
        classes.putIfAbsent(whole, type);
        return whole;
    }
}
