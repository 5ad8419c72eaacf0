package io.mlpool.errors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** The one thing that Jackson found wrong with a piece of JSON, in FastAPI's words. */
final class UnreadableBody {

    private static final int SHOWN = 200;

    private UnreadableBody() {}

    /**
     * What it found.
     *
     * @param place of the piece that was read
     * @param input what stands there
     * @param body the whole body, to show what is no JSON; empty when it is not at hand
     */
    static ErrorDetail detail(List<Object> place, JacksonException e, @Nullable Object input, byte[] body) {
        List<Object> location = location(place, e);
        return switch (e) {
            case UnrecognizedPropertyException unknown -> extra(location, unknown.getKnownPropertyIds(), input);
            case InvalidNullException _ -> ErrorDetail.missing(location);
            case ValueInstantiationException refused -> refused(location, refused, input);
            case InvalidFormatException format -> wrongValue(location, format, input);
            case MismatchedInputException mismatch -> mismatch(location, mismatch, input, body);
            case InputCoercionException number -> outOfRange(location, number, input);
            default -> BrokenJson.detail(e, body);
        };
    }

    static ErrorDetail extra(List<Object> location, Collection<?> known, @Nullable Object input) {
        return new ErrorDetail(
                "extra_forbidden", location, "Extra inputs are not permitted, known are " + known, input);
    }

    /** A constructor or factory of ours said no; its message is made for people. */
    private static ErrorDetail refused(List<Object> location, ValueInstantiationException e, @Nullable Object input) {
        String said = OwnWords.of(e.getCause());
        String reason = said == null ? "the value is not allowed" : said;
        return new ErrorDetail("value_error", location, "Value error, " + reason, input);
    }

    private static ErrorDetail wrongValue(List<Object> location, InvalidFormatException e, @Nullable Object input) {
        ExpectedType expected = ExpectedType.of(e.getTargetType());
        String type = e.getValue() instanceof String ? expected.parsing() : expected.type();
        Object found = input == null ? shown(String.valueOf(e.getValue())) : input;
        return new ErrorDetail(type, location, expected.message(), found);
    }

    private static ErrorDetail mismatch(
            List<Object> location, MismatchedInputException e, @Nullable Object input, byte[] body) {
        String original = e.getOriginalMessage();
        if (original.startsWith("Missing required creator property") || original.startsWith("Null value for creator")) {
            return ErrorDetail.missing(location);
        }
        if (original.startsWith("Trailing token") || original.startsWith("No content to map")) {
            return BrokenJson.detail(e, body);
        }
        ExpectedType expected = ExpectedType.of(e.getTargetType());
        return new ErrorDetail(expected.type(), location, expected.message(), input);
    }

    private static ErrorDetail outOfRange(List<Object> location, InputCoercionException e, @Nullable Object input) {
        ExpectedType expected = ExpectedType.of(e.getTargetType());
        String message = expected.message() + ", the number is out of its range";
        return new ErrorDetail(expected.parsing(), location, message, input);
    }

    private static List<Object> location(List<Object> place, JacksonException e) {
        List<Object> location = new ArrayList<>(place);
        for (JacksonException.Reference reference : e.getPath()) {
            String name = reference.getPropertyName();
            location.add(name == null ? (Object) Math.max(0, reference.getIndex()) : shown(name));
        }
        return location;
    }

    /** As it was found; what is long, or holds much, is not sent back. */
    static @Nullable Object shown(JsonNode found) {
        if (found.isString()) {
            return shown(found.stringValue());
        }
        return found.toString().length() <= SHOWN ? found : null;
    }

    static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
