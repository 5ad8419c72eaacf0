package io.mlpool.security;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.Ordered;

/** Tells of every call which scope it needs and how a key is sent, so that the page at {@code /docs} can ask for one. */
final class SecuredApi implements OpenApiCustomizer, Ordered {

    private static final String KEY = "ApiKey";
    private static final String BEARER = "Bearer";

    private final SecurityProperties properties;
    private final Supplier<Rights> rights;

    SecuredApi(SecurityProperties properties, Supplier<Rights> rights) {
        this.properties = properties;
        this.rights = rights;
    }

    @Override
    public void customise(OpenAPI api) {
        if (!properties.asksForKeys()) {
            return;
        }
        if (api.getComponents() == null) {
            api.setComponents(new Components());
        }
        api.getComponents()
                .addSecuritySchemes(
                        KEY,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name(KeyHeader.NAME))
                .addSecuritySchemes(
                        BEARER,
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"));
        api.getPaths().forEach((path, item) -> item.readOperationsMap()
                .forEach((method, operation) -> tell(operation, rights.get().of(method.name(), path))));
    }

    private static void tell(Operation operation, Right right) {
        ApiResponses responses = Optional.ofNullable(operation.getResponses()).orElseGet(ApiResponses::new);
        operation.setResponses(responses);
        Scope scope = right.scope();
        if (scope == null) {
            operation.setSecurity(List.of());
        } else {
            operation.setSecurity(
                    List.of(new SecurityRequirement().addList(KEY), new SecurityRequirement().addList(BEARER)));
            tell(responses, "401", "No valid key was sent");
            tell(responses, "403", "The key lacks the scope " + scope.label());
        }
        if (right.limited()) {
            tell(responses, "429", "Too many requests, see Retry-After");
        }
    }

    private static void tell(ApiResponses responses, String status, String description) {
        responses.computeIfAbsent(status, _ -> refusal(description)).setDescription(description);
    }

    private static ApiResponse refusal(String description) {
        ObjectSchema body = new ObjectSchema();
        body.addProperty("detail", new StringSchema());
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType("application/json", new MediaType().schema(body)));
    }

    /** After those who tell in their own words how the service refuses. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
