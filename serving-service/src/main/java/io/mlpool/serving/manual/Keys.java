package io.mlpool.serving.manual;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** How a key is sent; asked for by every operation but a few, when the service asks for keys at all. */
final class Keys implements OpenApiCustomizer {

    private static final String HEADER = "ApiKey";
    private static final String BEARER = "Bearer";

    /** Probes and people who look whether the service runs have no key. */
    private static final Set<String> PUBLIC = Set.of("/health");

    private final boolean required;

    Keys(boolean required) {
        this.required = required;
    }

    @Override
    public void customise(OpenAPI api) {
        api.getComponents()
                .addSecuritySchemes(
                        HEADER,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name("X-API-Key")
                                .description("A key of this pool"))
                .addSecuritySchemes(
                        BEARER,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("The same key, for clients that send bearer tokens"));
        if (required) {
            api.getPaths().forEach((path, item) -> {
                if (!PUBLIC.contains(path)) {
                    item.readOperations().forEach(Keys::require);
                }
            });
        }
    }

    private static void require(Operation operation) {
        operation.setSecurity(
                List.of(new SecurityRequirement().addList(HEADER), new SecurityRequirement().addList(BEARER)));
    }
}
