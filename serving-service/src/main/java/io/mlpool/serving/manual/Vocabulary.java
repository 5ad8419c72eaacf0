package io.mlpool.serving.manual;

import io.mlpool.market.Interval;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.ClassPathResource;

/**
 * The same name means the same wherever it stands in a question or an answer. So each is described once, in {@code vocabulary.yaml},
 * with its unit, an example and its bounds; what an annotation says of a field goes before it.
 */
final class Vocabulary implements OpenApiCustomizer {

    private final Map<String, Object> words;

    Vocabulary(Map<String, Object> words) {
        this.words = words;
    }

    static Vocabulary ofThePool() {
        YamlMapFactoryBean yaml = new YamlMapFactoryBean();
        yaml.setResources(new ClassPathResource("manual/vocabulary.yaml"));
        return new Vocabulary(Objects.requireNonNull(yaml.getObject()));
    }

    @Override
    public void customise(OpenAPI api) {
        api.getComponents().getSchemas().forEach(this::describe);
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation -> Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream())
                .forEach(this::describe);
    }

    private void describe(String name, Schema<?> schema) {
        if (schema.getDescription() == null) {
            word(name).map(word -> text(word, "description")).ifPresent(schema::setDescription);
        }
        if (schema.getProperties() != null) {
            schema.getProperties()
                    .forEach((field, property) ->
                            word(name + "." + field).or(() -> word(field)).ifPresent(word -> describe(word, property)));
        }
    }

    private void describe(Parameter parameter) {
        word(parameter.getName()).ifPresent(word -> {
            describe(word, parameter.getSchema());
            if (parameter.getDescription() == null) {
                parameter.setDescription(text(word, "description"));
            }
        });
    }

    private static void describe(Map<String, Object> word, Schema<?> schema) {
        if (schema.getDescription() == null) {
            schema.setDescription(text(word, "description"));
        }
        if (schema.getExample() == null && word.containsKey("example")) {
            schema.setExample(word.get("example"));
        }
        Schema<?> value = schema.getItems() == null ? schema : schema.getItems();
        bound(word, value);
    }

    private static void bound(Map<String, Object> word, Schema<?> schema) {
        if (schema.getPattern() == null) {
            schema.setPattern(text(word, "pattern"));
        }
        if (schema.getMinimum() == null && word.get("minimum") != null) {
            schema.setMinimum(new BigDecimal(String.valueOf(word.get("minimum"))));
        }
        if (schema.getMaximum() == null && word.get("maximum") != null) {
            schema.setMaximum(new BigDecimal(String.valueOf(word.get("maximum"))));
        }
        if ("intervals".equals(word.get("one_of"))) {
            restrict(
                    schema,
                    Arrays.stream(Interval.values()).map(Interval::label).toList());
        }
    }

    @SuppressWarnings("unchecked")
    private static void restrict(Schema<?> schema, List<String> values) {
        ((Schema<Object>) schema).setEnum(new ArrayList<>(values));
        if (schema.getTypes() != null && schema.getTypes().contains("null")) {
            schema.getEnum().add(null);
        }
    }

    @SuppressWarnings("unchecked")
    private Optional<Map<String, Object>> word(String name) {
        return Optional.ofNullable((Map<String, Object>) words.get(name));
    }

    private static @Nullable String text(Map<String, Object> word, String key) {
        return (String) word.get(key);
    }
}
