package io.mlpool.serving;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Tells of every call that takes something how it is refused, under the names that clients of FastAPI know. */
final class ValidationErrors implements OpenApiCustomizer {

    private static final String ALL = "HTTPValidationError";
    private static final String ONE = "ValidationError";

    @Override
    public void customise(OpenAPI api) {
        api.getComponents()
                .addSchemas(ONE, one())
                .addSchemas(ALL, new ObjectSchema().addProperty("detail", new ArraySchema().items(reference(ONE))));
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .filter(ValidationErrors::takesSomething)
                .forEach(operation -> operation.getResponses().addApiResponse("422", refusal()));
    }

    private static boolean takesSomething(Operation operation) {
        return operation.getRequestBody() != null || operation.getParameters() != null;
    }

    private static Schema<?> one() {
        return new ObjectSchema()
                .addProperty("type", new StringSchema().description("Stable name of the error: greater_than"))
                .addProperty("loc", new ArraySchema().items(new Schema<>()).description("body, candles, 3, close"))
                .addProperty("msg", new StringSchema().description("What is wrong and what is allowed"))
                .addProperty("input", new Schema<>().description("What was found"));
    }

    private static ApiResponse refusal() {
        return new ApiResponse()
                .description("Validation Error")
                .content(new Content().addMediaType("application/json", new MediaType().schema(reference(ALL))));
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }
}
