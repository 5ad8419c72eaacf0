package io.mlpool.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** What bean validation found, in FastAPI's words: {@code candles[3].openTime} becomes {@code candles, 3, open_time}. */
final class BrokenConstraints {

    private static final Pattern STEP = Pattern.compile("\\[(\\d+)]|([^.\\[\\]]+)");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private BrokenConstraints() {}

    static List<ErrorDetail> of(List<Object> place, Errors errors) {
        return errors.getAllErrors().stream().map(error -> detail(place, error)).toList();
    }

    static List<ErrorDetail> of(HandlerMethodValidationException e) {
        List<ErrorDetail> details = new ArrayList<>();
        for (ParameterValidationResult result : e.getParameterValidationResults()) {
            if (result instanceof ParameterErrors errors) {
                details.addAll(of(List.of("body"), errors));
            } else {
                result.getResolvableErrors().forEach(error -> details.add(detail(result, error)));
            }
        }
        return details;
    }

    private static ErrorDetail detail(List<Object> place, ObjectError error) {
        List<Object> location = new ArrayList<>(place);
        @Nullable Object value = null;
        if (error instanceof FieldError field) {
            location.addAll(steps(field.getField()));
            value = field.getRejectedValue();
        }
        return detail(location, error, value);
    }

    private static ErrorDetail detail(ParameterValidationResult result, MessageSourceResolvable error) {
        MethodParameter parameter = result.getMethodParameter();
        String name = parameter.getParameterName() == null ? "" : parameter.getParameterName();
        List<Object> location = List.of(WrongParameter.place(parameter), snakeCase(name));
        return detail(location, error, result.getArgument());
    }

    private static ErrorDetail detail(List<Object> location, MessageSourceResolvable error, @Nullable Object value) {
        String[] codes = error.getCodes();
        String constraint = codes == null || codes.length == 0 ? "" : codes[codes.length - 1];
        String type = type(constraint, value);
        String message = type.equals("missing") ? "Field required" : "Input " + error.getDefaultMessage();
        return new ErrorDetail(
                type, location, message, value instanceof Number || value instanceof String ? value : null);
    }

    private static String type(String constraint, @Nullable Object value) {
        return switch (constraint) {
            case "NotNull" -> "missing";
            case "NotBlank", "NotEmpty" -> value == null ? "missing" : "string_too_short";
            case "Positive" -> "greater_than";
            case "PositiveOrZero", "Min", "DecimalMin" -> "greater_than_equal";
            case "Negative" -> "less_than";
            case "NegativeOrZero", "Max", "DecimalMax" -> "less_than_equal";
            case "Pattern" -> "string_pattern_mismatch";
            case "Size" -> value instanceof String ? "string_length" : "list_length";
            default -> "value_error";
        };
    }

    private static List<Object> steps(String path) {
        Matcher matcher = STEP.matcher(path);
        return matcher.results().map(BrokenConstraints::step).toList();
    }

    private static Object step(MatchResult step) {
        String index = step.group(1);
        return index == null ? snakeCase(step.group(2)) : (Object) Integer.valueOf(index);
    }

    private static String snakeCase(String name) {
        return HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }
}
