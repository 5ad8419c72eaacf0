package io.mlpool.serving.inference;

import io.mlpool.errors.RefusedException;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.registry.ModelVersions;
import io.mlpool.serving.live.ModelWatch;
import io.mlpool.serving.live.Rejection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The protocol's model repository extension: what there is, and look again. What is live the registry's aliases decide. */
@RestController
@RequestMapping("/v2/repository")
@Tag(name = "open inference protocol v2")
class RepositoryEndpoint {

    private final ModelRegistry registry;
    private final Inference inference;
    private final ModelWatch watch;

    RepositoryEndpoint(ModelRegistry registry, Inference inference, ModelWatch watch) {
        this.registry = registry;
        this.inference = inference;
        this.watch = watch;
    }

    @Operation(operationId = "repository_index", summary = "All versions in the registry, and which are live")
    @PostMapping("/index")
    List<Protocol.IndexEntry> index(@RequestBody(required = false) Protocol.@Nullable IndexRequest request) {
        boolean onlyReady = request != null && Boolean.TRUE.equals(request.ready());
        return registry.models().stream()
                .flatMap(this::entries)
                .filter(entry -> !onlyReady || entry.state().equals("READY"))
                .toList();
    }

    @Operation(
            operationId = "repository_load",
            summary = "Look at the registry now and load what its aliases say",
            description = "Which version that is, POST /models/{name}/aliases/{alias} decides.")
    @PostMapping("/models/{model}/load")
    void load(@PathVariable @Schema(example = "price-1h") String model) {
        requireRegistered(model);
        watch.reload();
        inference.require(model, null);
    }

    @Operation(
            operationId = "repository_unload",
            summary = "Refused: the registry's alias decides what is live",
            description = "DELETE /models/{name}/aliases/champion takes the alias away, and with it the model out.",
            responses = @ApiResponse(responseCode = "409", description = "What to do instead", content = @Content))
    @PostMapping("/models/{model}/unload")
    void unload(@PathVariable @Schema(example = "price-1h") String model) {
        requireRegistered(model);
        throw new RefusedException(
                409,
                "%s is live because the registry's alias champion points to it, and would be loaded again at the next look; DELETE /models/%s/aliases/champion takes it out"
                        .formatted(model, model));
    }

    private Stream<Protocol.IndexEntry> entries(String model) {
        ModelVersions versions = registry.list(model);
        return Stream.concat(
                versions.readable().stream().map(this::entry),
                versions.damaged().entrySet().stream()
                        .map(one -> new Protocol.IndexEntry(
                                model, Integer.toString(one.getKey()), "UNAVAILABLE", one.getValue())));
    }

    /** What an alias asks for and does not get says why. */
    private String whyNot(ModelVersion version) {
        return watch.rejections().stream()
                .filter(rejection ->
                        rejection.slot().model().equals(version.model()) && rejection.version() == version.version())
                .map(Rejection::inPublic)
                .findFirst()
                .orElse("no alias points to it");
    }

    private Protocol.IndexEntry entry(ModelVersion version) {
        String number = Integer.toString(version.version());
        boolean live = inference.versions(version.model()).contains(number);
        return new Protocol.IndexEntry(
                version.model(), number, live ? "READY" : "UNAVAILABLE", live ? "" : whyNot(version));
    }

    private void requireRegistered(String model) {
        if (!registry.models().contains(model)) {
            throw RefusedException.notFound(
                    "the registry has no model %s, it has %s".formatted(model, registry.models()));
        }
    }
}
