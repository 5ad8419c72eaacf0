package io.mlpool.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.origin.Origin;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Tells who started a service which setting cannot be, what it is, and what it may be. Comes before Spring Boot's own, which print what was bound. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WrongSettingFailureAnalyzer implements FailureAnalyzer {

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /** Our records and services begin so where a setting is to blame. */
    private static final Pattern NAMES_A_SETTING =
            Pattern.compile("(mlpool\\.|[A-Z][A-Z0-9]+_[A-Z0-9_]+ ).*", Pattern.DOTALL);

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException bound) {
                return analysis(bound);
            }
            if (cause instanceof IllegalArgumentException
                    && NAMES_A_SETTING
                            .matcher(String.valueOf(cause.getMessage()))
                            .matches()) {
                return new FailureAnalysis(cause.getMessage(), "Mend this setting.", cause);
            }
        }
        return null;
    }

    private static FailureAnalysis analysis(BindException failure) {
        if (failure.getCause() instanceof BindValidationException broken) {
            return new FailureAnalysis(
                    broken.getValidationErrors().getAllErrors().stream()
                            .map(error -> rule(failure, error))
                            .collect(Collectors.joining("; ")),
                    "Mend what is set there, or leave it out: then the default counts.",
                    failure);
        }
        ConfigurationProperty property = failure.getProperty();
        // Of a record that refuses its values this is but the value that was bound last.
        return property != null && property.getName().equals(failure.getName())
                ? unreadable(failure, property)
                : inItsOwnWords(failure);
    }

    /** {@code MLPOOL_TRAINING_STEPS must be a whole number, found 'abc'}. */
    private static FailureAnalysis unreadable(BindException failure, ConfigurationProperty property) {
        WrittenSetting written =
                WrittenSetting.of(failure.getName().toString(), property.getValue(), property.getOrigin());
        return written.refused(failure.getTarget(), value(failure, property), failure);
    }

    private static String rule(BindException failure, ObjectError error) {
        if (!(error instanceof FieldError field)) {
            return failure.getName() + " " + error.getDefaultMessage();
        }
        String property = failure.getName() + "." + dashed(field.getField());
        return "%s must be %s, found '%s'"
                .formatted(
                        WrittenSetting.of(property, null, Origin.from(error)).name(),
                        BrokenRule.inWords(error),
                        field.getRejectedValue());
    }

    /** A record that refuses its values says which. */
    private static FailureAnalysis inItsOwnWords(BindException failure) {
        String words = innermost(failure);
        boolean named = NAMES_A_SETTING.matcher(words).matches();
        return new FailureAnalysis(
                named ? words : failure.getName() + ": " + words,
                "Mend this setting; in the environment its name is in capitals, with _ for dots and hyphens.",
                failure);
    }

    /** What a placeholder stood for is known to the conversion only. */
    private static @Nullable Object value(BindException failure, ConfigurationProperty property) {
        return conversion(failure).map(ConversionFailedException::getValue).orElseGet(property::getValue);
    }

    private static Optional<ConversionFailedException> conversion(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConversionFailedException conversion) {
                return Optional.of(conversion);
            }
        }
        return Optional.empty();
    }

    private static String innermost(Throwable failure) {
        return String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
    }

    private static String dashed(String field) {
        return HUMP.matcher(field).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}
