package io.mlpool.serving.manual;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Tells of every operation how it refuses, under the names that clients of FastAPI know: what all have in common here, what is
 * special is declared at the endpoint. A refusal that is declared without a body has that of all.
 */
final class CommonAnswers implements OpenApiCustomizer {

    private static final String INVALID = "HTTPValidationError";
    private static final String INVALID_ITEM = "ValidationError";
    private static final String REFUSED = "HTTPError";
    private static final Set<String> WITH_RETRY = Set.of("429", "503");

    @Override
    public void customise(OpenAPI api) {
        api.getComponents()
                .addSchemas(INVALID_ITEM, invalidItem())
                .addSchemas(
                        INVALID,
                        closed(new ObjectSchema()
                                .description("What is wrong with a request")
                                .addProperty(
                                        "detail",
                                        new ArraySchema()
                                                .items(reference(INVALID_ITEM))
                                                .description("All that is wrong, as far as it was read"))))
                .addSchemas(
                        REFUSED,
                        closed(
                                new ObjectSchema()
                                        .description("Why a request was refused")
                                        .addProperty(
                                                "detail",
                                                new StringSchema()
                                                        .description(
                                                                "One sentence that says what is wrong and what to do")
                                                        .example(
                                                                "unknown asset 'BTC', known: bitcoin, did you mean 'bitcoin'?"))));
        api.getPaths().forEach((path, item) -> item.readOperations().forEach(operation -> complete(path, operation)));
    }

    private static void complete(String path, Operation operation) {
        ApiResponses responses = operation.getResponses();
        add(responses, "400", "The request cannot be taken apart");
        add(responses, "401", "A key is missing or not valid, where keys are asked for");
        add(responses, "403", "The key does not allow this, where keys are asked for");
        if (path.contains("{") || asksAboutAnAsset(operation)) {
            add(responses, "404", "There is none of this name");
        }
        add(responses, "406", "None of the accepted media types is written here");
        if (operation.getRequestBody() != null) {
            add(responses, "413", "The body is too large");
            add(responses, "415", "The body is not of a media type that is read here");
        }
        boolean takesSomething = operation.getRequestBody() != null || operation.getParameters() != null;
        if (takesSomething && failure(path).equals(REFUSED)) {
            add(responses, "422", "Validation Error");
        }
        add(responses, "429", "Too much was asked for, later there is room again");
        add(responses, "503", "Something that is needed does not answer at the moment");
        responses.forEach((status, response) -> giveBody(path, status, response));
    }

    /** Protocols of others have their own words for what goes wrong, and no 422. */
    private static String failure(String path) {
        if (path.equals("/v2") || path.startsWith("/v2/")) {
            return "ProtocolFailure";
        }
        return path.equals("/invocations") ? "InvocationFailure" : REFUSED;
    }

    private static boolean asksAboutAnAsset(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter -> parameter.getName().equals("asset"));
    }

    private static void add(ApiResponses responses, String status, String description) {
        if (!responses.containsKey(status)) {
            responses.addApiResponse(status, new ApiResponse().description(description));
        }
    }

    private static void giveBody(String path, String status, ApiResponse response) {
        boolean refusal = status.startsWith("4") || status.startsWith("5");
        if (refusal && isEmpty(response.getContent())) {
            response.setContent(new Content()
                    .addMediaType(
                            org.springframework.http.MediaType.APPLICATION_JSON_VALUE,
                            new MediaType().schema(reference(status.equals("422") ? INVALID : failure(path)))));
        }
        if (WITH_RETRY.contains(status)) {
            response.addHeaderObject(
                    "Retry-After",
                    new Header()
                            .description("Seconds after which to ask again")
                            .schema(new IntegerSchema().format(null).example(5)));
        }
    }

    private static boolean isEmpty(@Nullable Content content) {
        return content == null || content.values().stream().allMatch(media -> media.getSchema() == null);
    }

    private static Schema<?> invalidItem() {
        Schema<?> step = new Schema<>();
        step.setAnyOf(List.of(new StringSchema(), new IntegerSchema().format(null)));
        Schema<?> item = closed(new ObjectSchema()
                .description("One thing that is wrong with a request")
                .addProperty(
                        "type",
                        new StringSchema()
                                .description("Stable name of the error, for programs")
                                .example("greater_than"))
                .addProperty(
                        "loc",
                        new ArraySchema()
                                .items(step)
                                .description("Where: body, query, path or header, then names and positions")
                                .example(List.of("body", "candles", 3, "close")))
                .addProperty(
                        "msg",
                        new StringSchema()
                                .description("What is wrong and what is allowed, for people")
                                .example("Input should be greater than 0"))
                .addProperty(
                        "input",
                        new Schema<>()
                                .description("What was found, where it can be shown")
                                .example(-1)));
        item.addProperty(
                "ctx",
                new ObjectSchema()
                        .description("The numbers of the message, for programs; absent when it has none")
                        .example(Map.of("gt", 0)));
        return item;
    }

    private static Schema<?> closed(Schema<?> schema) {
        schema.setRequired(List.copyOf(schema.getProperties().keySet()));
        schema.setAdditionalProperties(false);
        return schema;
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }
}
