package io.mlpool.errors;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What Jackson found wrong with a body, in FastAPI's words. */
final class UnreadableBody {

    private static final int SHOWN = 200;

    private UnreadableBody() {}

    static ErrorDetail detail(HttpMessageNotReadableException e) {
        return switch (e.getCause()) {
            case null -> new ErrorDetail("missing", List.of("body"), "Field required", null);
            case JacksonException json -> detail(json);
            default -> new ErrorDetail("json_invalid", List.of("body"), "JSON decode error", null);
        };
    }

    static ErrorDetail detail(JacksonException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                new ErrorDetail("extra_forbidden", location(unknown), extra(unknown), null);
            case InvalidNullException absent -> new ErrorDetail("missing", location(absent), "Field required", null);
            case ValueInstantiationException refused -> refused(refused);
            case InvalidFormatException format -> wrongValue(format);
            case MismatchedInputException mismatch -> mismatch(mismatch);
            case InputCoercionException number -> outOfRange(number);
            default -> invalidJson(e);
        };
    }

    private static String extra(UnrecognizedPropertyException unknown) {
        return "Extra inputs are not permitted, known are " + unknown.getKnownPropertyIds();
    }

    /** A constructor of a record said no; its message is made for people. */
    private static ErrorDetail refused(ValueInstantiationException e) {
        Throwable cause = e.getCause();
        String reason = cause == null || cause.getMessage() == null ? "the value is not allowed" : cause.getMessage();
        return new ErrorDetail("value_error", location(e), "Value error, " + reason, null);
    }

    private static ErrorDetail wrongValue(InvalidFormatException e) {
        ExpectedType expected = ExpectedType.of(e.getTargetType());
        String type = e.getValue() instanceof String ? expected.parsing() : expected.type();
        return new ErrorDetail(type, location(e), expected.message(), shown(e.getValue()));
    }

    private static ErrorDetail mismatch(MismatchedInputException e) {
        String original = e.getOriginalMessage();
        if (original.startsWith("Missing required creator property") || original.startsWith("Null value for creator")) {
            return new ErrorDetail("missing", location(e), "Field required", null);
        }
        if (original.startsWith("Trailing token") || original.startsWith("No content to map")) {
            return invalidJson(e);
        }
        ExpectedType expected = ExpectedType.of(e.getTargetType());
        return new ErrorDetail(expected.type(), location(e), expected.message(), null);
    }

    private static ErrorDetail outOfRange(InputCoercionException e) {
        ExpectedType expected = ExpectedType.of(e.getTargetType());
        return new ErrorDetail(
                expected.parsing(), location(e), expected.message() + ", the number is out of its range", null);
    }

    private static ErrorDetail invalidJson(JacksonException e) {
        List<Object> location = new ArrayList<>(List.of("body"));
        if (e.getLocation() != null && e.getLocation().getByteOffset() >= 0) {
            location.add(e.getLocation().getByteOffset());
        }
        return new ErrorDetail(
                "json_invalid",
                location,
                "JSON decode error: " + shown(withoutInternals(e.getOriginalMessage())),
                null);
    }

    /** Limits are told with the name of the method that knows them. */
    private static String withoutInternals(String message) {
        return message.replaceAll(", from `[^`]*`", "");
    }

    private static List<Object> location(JacksonException e) {
        List<Object> location = new ArrayList<>(List.of("body"));
        for (JacksonException.Reference reference : e.getPath()) {
            String name = reference.getPropertyName();
            location.add(name == null ? (Object) Math.max(0, reference.getIndex()) : shown(name));
        }
        return location;
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
