package io.mlpool.serving.manual;

import io.mlpool.features.FeatureSchema;
import io.mlpool.model.ForecastShape;
import io.mlpool.serving.book.ForecastBook;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Makes the manual's examples of what this pool holds, so that they work when they are tried from the page. */
final class LiveExamples implements OpenApiCustomizer {

    private static final String LIKED = "bitcoin";
    private static final int ASKED_AT_ONCE = 2;

    private final LiveForecasters live;
    private final ForecastBook book;

    LiveExamples(LiveForecasters live, ForecastBook book) {
        this.live = live;
        this.book = book;
    }

    @Override
    public void customise(OpenAPI api) {
        live.champions().stream()
                .filter(champion -> !book.assets(champion.slot()).isEmpty())
                .findFirst()
                .ifPresent(champion -> fill(api, champion, book.assets(champion.slot())));
    }

    private static void fill(OpenAPI api, LiveForecaster champion, List<String> assets) {
        String asset = assets.contains(LIKED) ? LIKED : assets.getFirst();
        Map<String, Object> question = question(champion, asset);
        fill(api, "/predict", question);
        fill(
                api,
                "/predict/batch",
                Map.of(
                        "requests",
                        assets.stream()
                                .limit(ASKED_AT_ONCE)
                                .map(one -> question(champion, one))
                                .toList()));
        Map<String, Object> parameters = new LinkedHashMap<>(question);
        parameters.put("name", champion.slot().model());
        parameters.put("version", champion.version().version());
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(operation -> fill(operation, parameters));
    }

    private static Map<String, Object> question(LiveForecaster champion, String asset) {
        FeatureSchema features = champion.manifest().features();
        ForecastShape shape = champion.manifest().shape();
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("asset", asset);
        question.put("interval", features.interval().label());
        question.put("horizon", shape.horizons().getLast().label());
        return question;
    }

    private static void fill(OpenAPI api, String path, Object body) {
        Optional.ofNullable(api.getPaths().get(path))
                .map(PathItem::getPost)
                .map(Operation::getRequestBody)
                .map(RequestBody::getContent)
                .map(content -> content.get("application/json"))
                .ifPresent(json -> json.setExamples(Map.of("what this pool knows", new Example().value(body))));
    }

    private static void fill(Operation operation, Map<String, Object> values) {
        Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .filter(parameter -> values.containsKey(parameter.getName()))
                .filter(parameter -> isTaken(parameter.getSchema(), values.get(parameter.getName())))
                .forEach(parameter -> parameter.getSchema().setExample(values.get(parameter.getName())));
    }

    /** A parameter that lists its values has examples of its own. */
    private static boolean isTaken(Schema<?> schema, @Nullable Object value) {
        return schema.getEnum() == null || schema.getEnum().contains(value);
    }
}
