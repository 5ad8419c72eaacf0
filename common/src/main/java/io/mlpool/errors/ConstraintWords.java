package io.mlpool.errors;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How pydantic says that a constraint is broken: its type, its sentence, its numbers. */
final class ConstraintWords {

    private ConstraintWords() {}

    static ErrorDetail detail(List<Object> place, Annotation constraint, ConstraintViolation<?> violation) {
        Object value = violation.getInvalidValue();
        return switch (constraint) {
            case NotNull required -> missing(place, required);
            case NotBlank _, NotEmpty _ ->
                value == null ? ErrorDetail.missing(place) : size(place, 1, Integer.MAX_VALUE, value);
            case Size size -> size(place, size.min(), size.max(), value);
            case Positive _ -> bound(place, "greater_than", "greater than", "gt", 0, value);
            case PositiveOrZero _ -> bound(place, "greater_than_equal", "greater than or equal to", "ge", 0, value);
            case Min min -> bound(place, "greater_than_equal", "greater than or equal to", "ge", min.value(), value);
            case Max max -> bound(place, "less_than_equal", "less than or equal to", "le", max.value(), value);
            case Pattern pattern -> pattern(place, pattern, value);
            default -> new ErrorDetail("value_error", place, "Input " + violation.getMessage(), shown(value));
        };
    }

    private static ErrorDetail missing(List<Object> place, NotNull required) {
        return required.message().startsWith("{")
                ? ErrorDetail.missing(place)
                : new ErrorDetail("missing", place, "Field required, " + required.message(), null);
    }

    private static ErrorDetail bound(
            List<Object> place, String type, String words, String name, long bound, @Nullable Object value) {
        String message = "Input should be %s %d".formatted(words, bound);
        return new ErrorDetail(type, place, message, shown(value), Map.of(name, bound));
    }

    /** A sentence of ours beside the pattern says more than the pattern does. */
    private static ErrorDetail pattern(List<Object> place, Pattern pattern, @Nullable Object value) {
        String message = pattern.message().startsWith("{")
                ? "String should match pattern '%s'".formatted(pattern.regexp())
                : "String " + pattern.message();
        return new ErrorDetail(
                "string_pattern_mismatch", place, message, shown(value), Map.of("pattern", pattern.regexp()));
    }

    private static ErrorDetail size(List<Object> place, int least, int most, @Nullable Object value) {
        return switch (value) {
            case Collection<?> list when list.size() > most -> ErrorDetail.tooLong(place, most, list.size());
            case Collection<?> list -> ErrorDetail.tooShort(place, least, list.size());
            case CharSequence text when text.length() > most -> length(place, "long", "at most", "max", most, text);
            case CharSequence text -> length(place, "short", "at least", "min", least, text);
            case null, default ->
                new ErrorDetail(
                        "value_error", place, "Input should have %d to %d entries".formatted(least, most), null);
        };
    }

    private static ErrorDetail length(
            List<Object> place, String type, String words, String bound, int length, CharSequence value) {
        String message = "String should have %s %d character%s".formatted(words, length, length == 1 ? "" : "s");
        return new ErrorDetail("string_too_" + type, place, message, shown(value), Map.of(bound + "_length", length));
    }

    private static @Nullable Object shown(@Nullable Object value) {
        return switch (value) {
            case Number number -> number;
            case CharSequence text -> UnreadableBody.shown(text.toString());
            case null, default -> null;
        };
    }
}
