package io.mlpool.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.NestedExceptionUtils;

/**
 * A setting as whoever started the service wrote it.
 *
 * @param name of the variable, or of the property
 * @param place where that was
 */
record WrittenSetting(String name, String place) {

    private static final String ENVIRONMENT = "the environment";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}].*");

    /**
     * The setting behind a property.
     *
     * @param property as the code calls it
     * @param raw what was written, which may refer to a variable
     * @param origin where it came from; null for a default
     */
    static WrittenSetting of(String property, @Nullable Object raw, @Nullable Origin origin) {
        Matcher variable = VARIABLE.matcher(String.valueOf(raw));
        if (variable.matches()) {
            return new WrittenSetting(variable.group(1), ENVIRONMENT);
        }
        if (!(origin instanceof PropertySourceOrigin source)) {
            return new WrittenSetting(property, origin == null ? "its default" : origin.toString());
        }
        return new WrittenSetting(source.getPropertyName(), place(source));
    }

    /** {@code MLPOOL_TRAINING_STEPS must be a whole number, found 'abc'}. */
    FailureAnalysis refused(Bindable<?> target, @Nullable Object found, Exception failure) {
        String what = Allowed.values(target)
                .map(allowed -> "%s must be %s, found '%s'".formatted(name, allowed, found))
                .orElseGet(() -> "%s cannot be '%s': %s"
                        .formatted(
                                name,
                                found,
                                NestedExceptionUtils.getMostSpecificCause(failure)
                                        .getMessage()));
        return new FailureAnalysis(
                what,
                "It is set in %s: mend it there, or leave it out, then the default counts.".formatted(place),
                failure);
    }

    private static String place(PropertySourceOrigin source) {
        String from = source.getPropertySource().getName();
        if (from.endsWith("systemEnvironment")) {
            return ENVIRONMENT;
        }
        return from.equals("commandLineArgs") ? "the arguments" : String.valueOf(source);
    }
}
