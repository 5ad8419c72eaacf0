package io.mlpool.settings;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.Annotation;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** What a setting may be, in words. */
final class Allowed {

    private static final Set<Class<?>> WHOLE = Set.of(Integer.class, Long.class, Short.class, Byte.class);

    private static final Map<Class<?>, String> KINDS = Map.of(
            Boolean.class, "true or false",
            Duration.class, "a length of time such as 500ms, 30s, 5m, 12h or 7d",
            DataSize.class, "a size such as 512KB or 16MB",
            Instant.class, "a time such as 2026-01-31T00:00:00Z",
            URI.class, "an address such as https://host:port",
            InetAddress.class, "an address of this machine such as 127.0.0.1");

    private Allowed() {}

    /** What a setting of this kind may be; empty where only its own message tells. */
    static Optional<String> values(Bindable<?> setting) {
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(setting.getType().resolve(Object.class));
        if (type.isEnum()) {
            return Optional.of(oneOf(type.getEnumConstants()));
        }
        if (Number.class.isAssignableFrom(type)) {
            return Optional.of(
                    (WHOLE.contains(type) ? "a whole number" : "a number") + range(setting.getAnnotations()));
        }
        return Optional.ofNullable(KINDS.get(type));
    }

    private static String oneOf(Object[] constants) {
        List<String> labels = Arrays.stream(constants)
                .map(one -> one.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        return labels.size() == 1
                ? labels.getFirst()
                : labels.stream().limit(labels.size() - 1L).collect(Collectors.joining(", ")) + " or "
                        + labels.getLast();
    }

    private static String range(Annotation[] rules) {
        List<String> bounds = new ArrayList<>();
        for (Annotation rule : rules) {
            switch (rule) {
                case Min least -> bounds.addFirst("at least " + least.value());
                case DecimalMin least -> bounds.addFirst("at least " + least.value());
                case Max most -> bounds.addLast("at most " + most.value());
                case DecimalMax most -> bounds.addLast("at most " + most.value());
                default -> {
                    // the others bind no numbers
                }
            }
        }
        return bounds.isEmpty() ? "" : ", " + String.join(" and ", bounds);
    }
}
