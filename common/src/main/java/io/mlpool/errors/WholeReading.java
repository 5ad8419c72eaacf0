package io.mlpool.errors;

import com.fasterxml.jackson.annotation.JsonAlias;
import jakarta.validation.Validator;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON field by field to find all that is wrong with it. Jackson stops at the first field that it cannot read, and constraints are
 * looked at only when it read all: this is for who has seen it stop.
 */
final class WholeReading {

    /** Enough to see what kind of mistake it is; each item of a long list may have one. */
    private static final int MOST = 100;

    /** Each value is read for itself, which costs many times as much as reading all at once: of more only the first are looked at. */
    static final int MOST_VALUES = 100_000;

    private final JsonMapper json;
    private final @Nullable Validator validator;
    private final List<ErrorDetail> wrong = new ArrayList<>();
    private int values;

    private WholeReading(JsonMapper json, @Nullable Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** All that is wrong with it, at most a hundred things; empty when nothing is. */
    static List<ErrorDetail> problems(JsonMapper json, @Nullable Validator validator, JsonNode body, JavaType type) {
        WholeReading reading = new WholeReading(json, validator);
        reading.read(List.of("body"), body, type);
        return List.copyOf(reading.wrong);
    }

    /** Notes what is wrong with the value, and gives what it is when that is nothing. */
    private @Nullable Object read(List<Object> place, JsonNode value, JavaType type) {
        int before = wrong.size();
        values++;
        if (type.isRecordType() && value.isObject()) {
            fields(place, value, type);
        } else if (type.isCollectionLikeType() && value.isArray()) {
            for (int i = 0; i < value.size() && goesOn(); i++) {
                read(then(place, i), value.get(i), type.getContentType());
            }
        } else if (type.isMapLikeType() && value.isObject()) {
            value.forEachEntry(
                    (name, one) -> read(then(place, UnreadableBody.shown(name)), one, type.getContentType()));
        }
        return wrong.size() == before && goesOn() ? readAtOnce(place, value, type) : null;
    }

    private boolean goesOn() {
        return wrong.size() < MOST && values <= MOST_VALUES;
    }

    private void fields(List<Object> place, JsonNode value, JavaType type) {
        Set<String> known = new LinkedHashSet<>();
        Set<String> taken = new LinkedHashSet<>();
        for (RecordComponent component : type.getRawClass().getRecordComponents()) {
            List<String> names = names(component);
            known.add(names.getFirst());
            taken.addAll(names);
            String name = names.stream().filter(value::has).findFirst().orElse(names.getFirst());
            field(then(place, names.getFirst()), value.get(name), component, type.getRawClass());
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            if (goesOn() && !taken.contains(field.getKey())) {
                List<Object> at = then(place, UnreadableBody.shown(field.getKey()));
                note(UnreadableBody.extra(at, known, UnreadableBody.shown(field.getValue())));
            }
        }
    }

    private void field(List<Object> place, @Nullable JsonNode value, RecordComponent component, Class<?> owner) {
        int before = wrong.size();
        Object read = null;
        if (value != null && !value.isNull()) {
            read = read(place, value, json.constructType(component.getGenericType()));
        } else if (component.getType().isPrimitive()) {
            note(ErrorDetail.missing(place));
        }
        if (wrong.size() == before && goesOn() && validator != null && isConstrained(validator, owner, component)) {
            List<Object> parent = place.subList(0, place.size() - 1);
            validator.validateValue(owner, component.getName(), read).stream()
                    .map(violation -> BrokenConstraints.of(parent, violation))
                    .forEach(this::note);
        }
    }

    private static boolean isConstrained(Validator validator, Class<?> owner, RecordComponent component) {
        return validator.getConstraintsForClass(owner).getConstraintsForProperty(component.getName()) != null;
    }

    /** From its text: Jackson reads a tree less strictly than text. */
    private @Nullable Object readAtOnce(List<Object> place, JsonNode value, JavaType type) {
        if (type.isTypeOrSubTypeOf(JsonNode.class)) {
            return value;
        }
        try {
            return json.readValue(value.toString(), type);
        } catch (JacksonException e) {
            note(UnreadableBody.detail(place, e, UnreadableBody.shown(value), new byte[0]));
            return null;
        }
    }

    private void note(ErrorDetail detail) {
        if (wrong.size() < MOST) {
            wrong.add(detail);
        }
    }

    private static List<String> names(RecordComponent component) {
        List<String> names = new ArrayList<>(List.of(BrokenConstraints.snakeCase(component.getName())));
        JsonAlias others = component.getAccessor().getAnnotation(JsonAlias.class);
        if (others != null) {
            names.addAll(List.of(others.value()));
        }
        return names;
    }

    private static List<Object> then(List<Object> place, Object step) {
        List<Object> longer = new ArrayList<>(place);
        longer.add(step);
        return longer;
    }
}
