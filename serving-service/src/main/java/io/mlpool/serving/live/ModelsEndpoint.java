package io.mlpool.serving.live;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.ForecastBundle;
import io.mlpool.model.ModelBundle;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.registry.ModelVersions;
import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /models}: what is registered, what is live, and the two levers: move an alias, look now. */
@RestController
@RequestMapping("/models")
@Tag(name = "models")
class ModelsEndpoint {

    private static final String LIST = "versions";
    private static final int MOST_VERSIONS = 1000;

    private final ModelRegistry registry;
    private final RegisteredModels registered;
    private final ModelFamilies families;
    private final ModelWatch watch;
    private final Rollbacks rollbacks;

    ModelsEndpoint(ModelRegistry registry, ModelFamilies families, ModelWatch watch, JdbcClient jdbc) {
        this.rollbacks = new Rollbacks(jdbc);
        this.registry = registry;
        this.registered = new RegisteredModels(registry);
        this.families = families;
        this.watch = watch;
    }

    /** The version that an alias is to point to. */
    record AliasRequest(@Schema(example = "1") @NotNull Integer version) {}

    /** @param registry where it is: {@code MLflow at http://mlflow:5000}, or that it is a folder */
    record Models(String registry, List<ModelView> models) {}

    @Operation(
            operationId = "list_models",
            summary = "All models, what is live of them and what could not go live",
            description = "Of each model the first 1,000 versions; GET /models/{name} pages through all.")
    @GetMapping
    Models models() {
        List<String> names = registered.names();
        Map<String, List<ModelView.Rollback>> rolledBack = rollbacks.of(names);
        return new Models(
                registry.publicPlace(),
                names.stream().map(name -> view(name, rolledBack)).toList());
    }

    @Operation(operationId = "get_model", summary = "One model with its versions", description = "Oldest first.")
    @GetMapping("/{name:(?!reload$).+}")
    ResponseEntity<ModelView> model(
            @PathVariable @Schema(example = "price-1h") String name,
            @RequestParam(defaultValue = "1000") @Min(1) @Max(10_000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        ModelVersions versions = registered.versions(registered.require(name));
        Page<ModelVersion> page = page(versions, cursor, limit);
        return page.answer(view(name, versions, page, rollbacks.of(List.of(name))));
    }

    @Operation(
            operationId = "get_model_version",
            summary = "A version: metrics, calibration, provenance, the promotion decision")
    @GetMapping("/{name}/versions/{version}")
    VersionView version(@PathVariable @Schema(example = "price-1h") String name, @PathVariable int version) {
        ModelVersion found = registered.require(name, version);
        VersionView.@Nullable Manifest manifest = null;
        @Nullable String broken = null;
        try {
            manifest = manifest(registry.fetch(found));
        } catch (BrokenBundleException e) {
            broken = PublicWords.of(String.valueOf(e.getMessage()));
        }
        return new VersionView(
                name,
                version,
                found.runId(),
                found.createdAt(),
                pointing(registered.aliases(name), version),
                found.tags(),
                manifest,
                broken);
    }

    @Operation(
            operationId = "assign_alias",
            summary = "Point an alias to a version: promote, or roll back",
            description = "The version is loaded first; a broken one is refused and everything stays as it is.",
            responses = {
                @ApiResponse(responseCode = "200", description = "The model as it is now"),
                @ApiResponse(responseCode = "409", description = "The version cannot go live", content = @Content)
            })
    @PostMapping("/{name}/aliases/{alias}")
    ModelView assign(
            @PathVariable @Schema(example = "price-1h") String name,
            @PathVariable @Schema(allowableValues = {"champion", "challenger"}) String alias,
            @Valid @RequestBody AliasRequest request) {
        Slot slot = new Slot(registered.require(name), alias(alias));
        ModelVersion version = registered.require(name, request.version());
        try {
            families.of(name)
                    .orElseThrow(() -> RefusedException.conflict("serving answers with no models called " + name))
                    .prove(registry, slot, version);
        } catch (BrokenBundleException e) {
            throw RefusedException.conflict("version %d of %s cannot go live: %s"
                    .formatted(version.version(), name, PublicWords.of(String.valueOf(e.getMessage()))));
        }
        registry.assign(name, slot.alias(), version.version());
        watch.reload();
        return view(name);
    }

    @Operation(
            operationId = "remove_alias",
            summary = "Take an alias away",
            description =
                    "Its slot is empty at once: without a champion nobody answers for the model's interval, without a"
                            + " challenger nothing is compared. The versions stay. Nothing happens when the alias points nowhere.",
            responses = @ApiResponse(responseCode = "204", description = "The alias points nowhere"))
    @DeleteMapping("/{name}/aliases/{alias}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unassign(
            @PathVariable @Schema(example = "price-1h") String name,
            @PathVariable @Schema(allowableValues = {"champion", "challenger"}) String alias) {
        Slot slot = new Slot(registered.require(name), alias(alias));
        registry.unassign(name, slot.alias());
        watch.reload();
    }

    @Operation(operationId = "reload_models", summary = "Look at the registry now, and try again what was broken")
    @PostMapping("/reload")
    Models reload() {
        watch.reload();
        return models();
    }

    private VersionView.Manifest manifest(ModelBundle bundle) {
        boolean forecasts = families.of(bundle.header().model())
                .filter(family -> family.live() instanceof LiveForecasters)
                .isPresent();
        return forecasts
                ? VersionView.Manifest.of(ForecastBundle.of(bundle).manifest())
                : VersionView.Manifest.of(bundle.header());
    }

    private static Page<ModelVersion> page(ModelVersions versions, @Nullable String cursorText, int limit) {
        Cursor cursor = Cursor.read(LIST, 1, cursorText);
        int last = cursor == null ? 0 : cursor.number(0);
        List<ModelVersion> found = versions.readable().stream()
                .filter(version -> version.version() > last)
                .limit(limit + 1L)
                .toList();
        return Page.of(found, limit, version -> Cursor.after(LIST, version.version()));
    }

    private ModelView view(String name) {
        return view(name, rollbacks.of(List.of(name)));
    }

    private ModelView view(String name, @Nullable Map<String, List<ModelView.Rollback>> rolledBack) {
        ModelVersions versions = registered.versions(name);
        return view(name, versions, page(versions, null, MOST_VERSIONS), rolledBack);
    }

    private ModelView view(
            String name,
            ModelVersions versions,
            Page<ModelVersion> page,
            @Nullable Map<String, List<ModelView.Rollback>> rolledBack) {
        SortedMap<Alias, Integer> aliases = registered.aliases(name);
        Map<Alias, ModelView.Live> answering = new TreeMap<>();
        families.live().stream()
                .filter(model -> model.slot().model().equals(name))
                .forEach(model -> answering.put(model.slot().alias(), ModelView.Live.of(model)));
        return new ModelView(
                name,
                answering,
                aliases,
                watch.rejections().stream()
                        .filter(rejection -> rejection.slot().model().equals(name))
                        .map(ModelView.Rejected::of)
                        .toList(),
                rolledBack == null ? null : rolledBack.getOrDefault(name, List.of()),
                page.items().stream()
                        .map(version -> ModelView.Version.of(version, pointing(aliases, version.version())))
                        .toList(),
                versions.damaged(),
                page.nextCursor());
    }

    private static List<Alias> pointing(SortedMap<Alias, Integer> aliases, int version) {
        return aliases.entrySet().stream()
                .filter(alias -> alias.getValue() == version)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Alias alias(String label) {
        return Alias.of(label)
                .orElseThrow(() -> InvalidRequestException.of(
                        "enum",
                        List.of("path", "alias"),
                        "Input should be one of "
                                + Arrays.stream(Alias.values())
                                        .map(Alias::label)
                                        .toList(),
                        label));
    }
}
