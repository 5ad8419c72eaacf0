package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Here all services are on one class path. */
class KnownSettingsTest {

    @Test
    void listOfKnownSettingsIsThatOfTheSettingsThatServicesBind() throws IOException {
        assertThat(listed()).containsExactlyElementsOf(bound());
    }

    private static List<String> listed() throws IOException {
        try (InputStream list =
                Objects.requireNonNull(KnownSettingsTest.class.getResourceAsStream("/io/mlpool/settings/known.txt"))) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("mlpool."))
                    .toList();
        }
    }

    private static List<String> bound() {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scan.findCandidateComponents("io.mlpool").stream()
                .<Class<?>>map(
                        found -> ClassUtils.resolveClassName(Objects.requireNonNull(found.getBeanClassName()), null))
                .filter(Class::isRecord)
                .flatMap(type ->
                        names(type.getAnnotation(ConfigurationProperties.class).value(), type))
                .sorted()
                .distinct()
                .toList();
    }

    private static Stream<String> names(String prefix, Class<?> type) {
        return Stream.of(type.getRecordComponents()).flatMap(component -> names(prefix, component));
    }

    private static Stream<String> names(String prefix, RecordComponent component) {
        String name =
                prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        Class<?> type = component.getType();
        if (type.isRecord() && type.getName().startsWith("io.mlpool.")) {
            return names(name, type);
        }
        return Stream.of(Map.class.isAssignableFrom(type) ? name + ".*" : name);
    }
}
