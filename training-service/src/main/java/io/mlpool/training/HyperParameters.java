package io.mlpool.training;

import jakarta.validation.Configuration;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Settings of a trainer by name, read as they are from the configuration: by the same names, with the same limits.
 *
 * @param algorithm that they belong to, for people
 */
public record HyperParameters(String algorithm, Map<String, String> values) {

    /** To make one takes longer than to read a trial, and a study has a thousand. */
    private static final Validator VALIDATOR = validator();

    public HyperParameters {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** All that a record has, by the names of its components in snake case; lists are written with commas. */
    public static HyperParameters of(String algorithm, Record settings) {
        Map<String, String> values = new TreeMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            values.put(snake(component.getName()), text(component, settings));
        }
        return new HyperParameters(algorithm, values);
    }

    private static String text(RecordComponent component, Record settings) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true); // such records are not public
            Object value = accessor.invoke(settings);
            return value instanceof List<?> list
                    ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                    : String.valueOf(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read %s of %s".formatted(component.getName(), settings), e);
        }
    }

    /**
     * These with some changed.
     *
     * @throws IllegalArgumentException when there are none of that name
     */
    public HyperParameters with(Map<String, String> changed) {
        Map<String, String> all = new TreeMap<>(values);
        changed.forEach((name, value) -> {
            if (all.replace(name, value) == null) {
                throw new IllegalArgumentException(
                        "%s has no hyper-parameter '%s', it has %s".formatted(algorithm, name, values.keySet()));
            }
        });
        return new HyperParameters(algorithm, all);
    }

    /** These and one more. */
    public HyperParameters and(String name, String value) {
        Map<String, String> all = new TreeMap<>(values);
        all.put(name, value);
        return new HyperParameters(algorithm, all);
    }

    /**
     * The same as a record that Spring would bind.
     *
     * @throws IllegalArgumentException when a value makes no sense
     */
    public <T extends Record> T bind(Class<T> type) {
        Map<String, String> kebab = new TreeMap<>();
        values.forEach((name, value) -> kebab.put("of." + name.replace('_', '-'), value));
        T bound = read(type, kebab);
        Set<ConstraintViolation<T>> wrong = VALIDATOR.validate(bound);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    wrong.stream().map(this::inWords).sorted().collect(Collectors.joining(", ")));
        }
        return bound;
    }

    private <T> T read(Class<T> type, Map<String, String> kebab) {
        try {
            return new Binder(new MapConfigurationPropertySource(kebab))
                    .bind("of", type)
                    .get();
        } catch (BindException e) {
            String property = e.getProperty() == null
                    ? ""
                    : e.getProperty().getName().getLastElement(ConfigurationPropertyName.Form.DASHED);
            String value = kebab.get("of." + property);
            throw new IllegalArgumentException(
                    value == null
                            ? "hyper-parameters of %s: %s"
                                    .formatted(algorithm, rootOf(e).getMessage())
                            : "hyper-parameter %s of %s cannot be read, found '%s'"
                                    .formatted(snake(property), algorithm, value),
                    e);
        }
    }

    /** What the record itself said, where settings make no sense together. */
    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static Validator validator() {
        Configuration<?> configuration = Validation.byDefaultProvider().configure();
        return configuration
                .messageInterpolator(new English(configuration.getDefaultMessageInterpolator()))
                .buildValidatorFactory()
                .getValidator();
    }

    private String inWords(ConstraintViolation<?> violation) {
        return "hyper-parameter %s of %s %s, found %s"
                .formatted(
                        snake(violation.getPropertyPath().toString()),
                        algorithm,
                        violation.getMessage(),
                        violation.getInvalidValue());
    }

    /** Of a name in camel or in kebab case. */
    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").replace('-', '_').toLowerCase(Locale.ROOT);
    }

    /** Messages in the language of all others, whatever that of the machine is. */
    private record English(MessageInterpolator messages) implements MessageInterpolator {

        @Override
        public String interpolate(String template, Context context) {
            return messages.interpolate(template, context, Locale.ENGLISH);
        }

        @Override
        public String interpolate(String template, Context context, Locale locale) {
            return interpolate(template, context);
        }
    }
}
