package io.mlpool.serving.live;

import io.mlpool.errors.RefusedException;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.registry.ModelVersions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The registry as requests see it: what they name is there, or they are refused with what is. */
final class RegisteredModels {

    private final ModelRegistry registry;

    RegisteredModels(ModelRegistry registry) {
        this.registry = registry;
    }

    List<String> names() {
        return registry.models();
    }

    /** Only names that the registry itself tells reach its folders. */
    String require(String name) {
        List<String> models = names();
        if (!models.contains(name)) {
            throw RefusedException.notFound("unknown model '%s', known: %s".formatted(name, models));
        }
        return name;
    }

    /** One that is damaged is refused as such. */
    ModelVersion require(String name, int version) {
        return find(require(name), version)
                .orElseThrow(() -> RefusedException.notFound("model %s has no version %d, it has %s"
                        .formatted(
                                name,
                                version,
                                versions(name).readable().stream()
                                        .map(ModelVersion::version)
                                        .toList())));
    }

    private Optional<ModelVersion> find(String name, int version) {
        try {
            return registry.find(name, version);
        } catch (BrokenBundleException e) {
            throw RefusedException.conflict(String.valueOf(e.getMessage()));
        }
    }

    ModelVersions versions(String name) {
        return registry.list(name);
    }

    /** The aliases of a model by the version that they point to; one that cannot be read is told in the health. */
    Map<Integer, List<Alias>> aliases(String name) {
        Map<Integer, List<Alias>> aliases = new HashMap<>();
        registry.aliases().stream().filter(model -> model.model().equals(name)).forEach(model -> model.targets()
                .forEach((alias, version) -> aliases.computeIfAbsent(version, number -> new ArrayList<>())
                        .add(alias)));
        return aliases;
    }
}
