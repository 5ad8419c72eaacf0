package io.mlpool.errors;

import java.time.Duration;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What should have stood where something else stood, by pydantic's names.
 *
 * @param type when the kind of value is wrong: {@code float_type}
 * @param parsing when a text cannot be read as it: {@code float_parsing}
 * @param message for people
 */
record ExpectedType(String type, String parsing, String message) {

    private static final ExpectedType INTEGER = new ExpectedType("int", "valid integer");
    private static final ExpectedType NUMBER = new ExpectedType("float", "valid number");
    private static final ExpectedType BOOLEAN = new ExpectedType("bool", "valid boolean");
    private static final ExpectedType STRING = new ExpectedType("string", "valid string");
    private static final ExpectedType TIME =
            new ExpectedType("datetime", "valid time, written like 2026-01-31T13:00:00Z");
    private static final ExpectedType DURATION = new ExpectedType("time_delta", "valid duration");
    private static final ExpectedType IDENTIFIER = new ExpectedType("uuid", "valid UUID");
    private static final ExpectedType LIST = new ExpectedType("list", "valid list");
    private static final ExpectedType OBJECT = new ExpectedType("dict", "valid object");

    private static final ExpectedType WRITTEN = new ExpectedType(
            "value_error", "value_error", "Input should not be empty, and be written as the manual says");

    private ExpectedType(String name, String what) {
        this(name + "_type", name + "_parsing", "Input should be a " + what);
    }

    static ExpectedType of(@Nullable Class<?> target) {
        if (target == null) {
            return OBJECT;
        }
        if (target.isEnum()) {
            return oneOf(target);
        }
        if (target.isArray() || Collection.class.isAssignableFrom(target)) {
            return LIST;
        }
        return scalar(target);
    }

    /** A parameter is a text: what is no number, time or the like is read from it by a factory of its own. */
    static ExpectedType ofParameter(@Nullable Class<?> target) {
        ExpectedType expected = of(target);
        return expected.equals(OBJECT) ? WRITTEN : expected;
    }

    private static ExpectedType scalar(Class<?> target) {
        return switch (target) {
            case Class<?> t when t == int.class || t == Integer.class || t == long.class || t == Long.class -> INTEGER;
            case Class<?> t when t.isPrimitive() && t != boolean.class -> NUMBER;
            case Class<?> t when Number.class.isAssignableFrom(t) -> NUMBER;
            case Class<?> t when t == boolean.class || t == Boolean.class -> BOOLEAN;
            case Class<?> t when CharSequence.class.isAssignableFrom(t) -> STRING;
            case Class<?> t when TemporalAccessor.class.isAssignableFrom(t) -> TIME;
            case Class<?> t when t == Duration.class -> DURATION;
            case Class<?> t when t == UUID.class -> IDENTIFIER;
            case Class<?> t when Map.class.isAssignableFrom(t) || t.isRecord() -> OBJECT;
            default -> OBJECT;
        };
    }

    private static ExpectedType oneOf(Class<?> target) {
        String allowed = Arrays.stream(target.getEnumConstants())
                .map(constant -> "'" + constant + "'")
                .collect(Collectors.joining(", "));
        return new ExpectedType("enum", "enum", "Input should be one of " + allowed);
    }
}
