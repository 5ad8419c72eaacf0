package io.mlpool.serving.manual;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** What questions and answers must be that no single field can tell. */
final class QuestionShapes implements OpenApiCustomizer {

    private static final String QUESTION = "PredictionRequest";

    @Override
    public void customise(OpenAPI api) {
        Schema<?> question = named(api, QUESTION);
        question.setAnyOf(List.of(with("asset", "string"), with("candles", "array")));
        Schema<?> candle = named(api, "SentCandle");
        List.of("open", "high", "low", "close").forEach(price -> positive(property(candle, price)));
        property(candle, "open_time").setTypes(new LinkedHashSet<>(List.of("string", "integer")));
        Schema<?> batch = named(api, "BatchRequest");
        property(batch, "requests").setItems(questionOrAnything());
        property(named(api, "OnlineFeaturesColumn"), "values").setItems(new Schema<>());
        property(named(api, "HistoricalFeaturesPastColumn"), "values").setItems(new Schema<>());
    }

    private static Schema<?> with(String field, String type) {
        Schema<?> schema = new Schema<>().types(Set.of("object"));
        schema.addProperty(field, new Schema<>().types(Set.of(type)));
        schema.setRequired(List.of(field));
        return schema;
    }

    /** Each is read on its own: one that is none gets an error, and the batch its answer. */
    private static Schema<?> questionOrAnything() {
        Schema<?> either = new Schema<>();
        either.setAnyOf(List.of(new Schema<>().$ref("#/components/schemas/" + QUESTION), new Schema<>()));
        return either;
    }

    private static Schema<?> named(OpenAPI api, String name) {
        return Objects.requireNonNull(api.getComponents().getSchemas().get(name), name);
    }

    private static void positive(Schema<?> price) {
        price.setExclusiveMinimumValue(BigDecimal.ZERO);
    }

    private static Schema<?> property(Schema<?> schema, String field) {
        return Objects.requireNonNull(schema.getProperties().get(field), field);
    }
}
