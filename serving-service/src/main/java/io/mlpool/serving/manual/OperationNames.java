package io.mlpool.serving.manual;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Names of operations as generated clients of FastAPI's services have them, and JSON where an endpoint does not say what it writes. */
final class OperationNames implements OpenApiCustomizer {

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final String ANYTHING = "*/*";

    @Override
    public void customise(OpenAPI api) {
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(OperationNames::name);
    }

    private static void name(Operation operation) {
        operation.setOperationId(
                HUMP.matcher(operation.getOperationId()).replaceAll("_").toLowerCase(Locale.ROOT));
        operation.getResponses().values().forEach(response -> json(response.getContent()));
    }

    private static void json(@Nullable Content content) {
        if (content != null && content.containsKey(ANYTHING)) {
            MediaType written = content.remove(ANYTHING);
            content.addMediaType(org.springframework.http.MediaType.APPLICATION_JSON_VALUE, written);
        }
    }
}
