package io.mlpool.serving.live;

import io.mlpool.errors.RefusedException;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.registry.ModelVersions;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /** The version that each alias of a model points to; an alias that cannot be read is told in the health. */
    SortedMap<Alias, Integer> aliases(String name) {
        SortedMap<Alias, Integer> targets = new TreeMap<>();
        registry.aliases().stream()
                .filter(model -> model.model().equals(name))
                .forEach(model -> targets.putAll(model.targets()));
        return targets;
    }
}
