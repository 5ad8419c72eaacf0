package io.mlpool.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Stops a start for a setting that nobody knows, before anything is started: a misspelt {@code mlpool.security.mode} would else leave a service open.
 * Arguments that are no settings, which Spring passes over too, are refused likewise.
 */
final class UnknownSettings implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    /** Switches of Spring Boot; all other settings have a dot in their names. */
    private static final Set<String> SWITCHES = Set.of("debug", "trace");

    private final KnownSettings known = new KnownSettings();

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        List<String> wrong = new ArrayList<>();
        Stream.of(event.getArgs()).flatMap(this::argument).forEach(wrong::add);
        for (PropertySource<?> source : event.getEnvironment().getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> names) {
                Stream.of(names.getPropertyNames())
                        .flatMap(name -> isEnvironment(source) ? variable(name) : property(name))
                        .forEach(wrong::add);
            }
        }
        if (!wrong.isEmpty()) {
            throw new UnknownSettingException(
                    String.join("; ", wrong.stream().distinct().toList()));
        }
    }

    private Stream<String> argument(String argument) {
        int equals = argument.indexOf('=');
        String name = argument.substring(0, equals < 0 ? argument.length() : equals);
        boolean isSetting = name.startsWith("--") && (equals >= 0 && name.indexOf('.') > 0);
        return isSetting || (name.startsWith("--") && SWITCHES.contains(name.substring(2)))
                ? Stream.empty()
                : Stream.of(
                        "'%s' is no setting: arguments are --NAME=VALUE with the whole name, such as --server.port=9001"
                                .formatted(name));
    }

    private Stream<String> property(String name) {
        return !name.toLowerCase(Locale.ROOT).startsWith("mlpool.") || known.isProperty(name)
                ? Stream.empty()
                : Stream.of("there is no setting '%s'; did you mean %s?".formatted(name, known.propertyLike(name)));
    }

    /** Kubernetes puts variables of its own there for a service called mlpool, so that not all that is unknown is wrong. */
    private Stream<String> variable(String name) {
        return !name.startsWith("MLPOOL_") || known.isVariable(name)
                ? Stream.empty()
                : known.variableLike(name).stream()
                        .map(like -> "there is no setting %s; did you mean %s?".formatted(name, like));
    }

    private static boolean isEnvironment(PropertySource<?> source) {
        return source.getName().endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    }

    /** After the settings files have been read and logging has begun, which shows the refusal. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
