package io.mlpool.security;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a key allows. No scope contains another: a key has as many as its work needs. */
public enum Scope {
    /** Look at data, models, forecasts of before, measurements. */
    READ,
    /** Ask models. */
    PREDICT,
    /** Bring data in and train. */
    TRAIN,
    /** Decide what is live, and who may do what. */
    ADMIN;

    /**
     * The scope with this label.
     *
     * @throws IllegalArgumentException naming those there are
     */
    @JsonCreator
    public static Scope of(String label) {
        return Arrays.stream(values())
                .filter(scope -> scope.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown scope '%s', known are %s"
                        .formatted(
                                label, Arrays.stream(values()).map(Scope::label).collect(Collectors.joining(", ")))));
    }

    /** As it stands in requests and tables: {@code predict}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
