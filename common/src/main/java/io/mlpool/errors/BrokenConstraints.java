package io.mlpool.errors;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.validation.Errors;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** What bean validation found, in FastAPI's words: {@code candles[3].openTime} becomes {@code candles, 3, open_time}. */
final class BrokenConstraints {

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private BrokenConstraints() {}

    static List<ErrorDetail> of(List<Object> place, Errors errors) {
        return errors.getAllErrors().stream()
                .map(error -> detail(place, error, () -> error.unwrap(ConstraintViolation.class)))
                .toList();
    }

    static List<ErrorDetail> of(HandlerMethodValidationException e) {
        List<ErrorDetail> details = new ArrayList<>();
        for (ParameterValidationResult result : e.getParameterValidationResults()) {
            if (result instanceof ParameterErrors errors) {
                details.addAll(of(List.of("body"), errors));
            } else {
                result.getResolvableErrors()
                        .forEach(error -> details.add(
                                detail(place(result), error, () -> result.unwrap(error, ConstraintViolation.class))));
            }
        }
        return details;
    }

    /** What is wrong with the value at a place, or with something within it. */
    static ErrorDetail of(List<Object> place, ConstraintViolation<?> violation) {
        List<Object> location = new ArrayList<>(place);
        for (Path.Node step : violation.getPropertyPath()) {
            if (step.getIndex() != null) {
                location.add(step.getIndex());
            } else if (step.getKey() != null) {
                location.add(step.getKey().toString());
            }
            if (step.getKind() == ElementKind.PROPERTY && step.getName() != null) {
                location.add(snakeCase(step.getName()));
            }
        }
        return ConstraintWords.detail(
                location, violation.getConstraintDescriptor().getAnnotation(), violation);
    }

    static String snakeCase(String name) {
        return HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    /** Spring finds a few things itself, such as a value that cannot be bound. */
    private static ErrorDetail detail(
            List<Object> place, MessageSourceResolvable error, Supplier<ConstraintViolation<?>> violation) {
        try {
            return of(place, violation.get());
        } catch (IllegalArgumentException _) {
            return new ErrorDetail("value_error", place, "Input " + error.getDefaultMessage(), null);
        }
    }

    private static List<Object> place(ParameterValidationResult result) {
        MethodParameter parameter = result.getMethodParameter();
        String name = parameter.getParameterName() == null ? "" : parameter.getParameterName();
        return List.of(WrongParameter.place(parameter), snakeCase(name));
    }
}
