package io.mlpool.registry;

import io.mlpool.model.ModelBundle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Versions of models and the aliases that decide which is live. Safe for many processes on one registry. */
public interface ModelRegistry {

    /** Where it is, for people: a server or a folder. */
    String place();

    /** The same for callers of the service, whom its folders are no business of. */
    String publicPlace();

    /** Names that have at least one version, in alphabetical order. */
    List<String> models();

    /** The aliases of every model that has a version, in alphabetical order: one question, for those who watch them. */
    List<ModelAliases> aliases();

    /** All versions of a model, read once; none when the name is not known. */
    ModelVersions list(String model);

    /** Versions of a model, oldest first and without those that are damaged; empty when the name is not known. */
    default List<ModelVersion> versions(String model) {
        return list(model).readable();
    }

    /**
     * Adds a bundle as the next version. A run that is registered already gives its version again, so that a killed training can
     * repeat this.
     */
    ModelVersion register(ModelBundle bundle, Map<String, String> tags);

    /**
     * The version that an alias points to.
     *
     * @throws io.mlpool.model.BrokenBundleException when it is there and cannot be read
     */
    Optional<ModelVersion> find(String model, Alias alias);

    /**
     * The number of the version that an alias points to, be it damaged or not.
     *
     * @throws io.mlpool.model.BrokenBundleException when the alias itself cannot be read
     */
    default Optional<Integer> target(String model, Alias alias) {
        return find(model, alias).map(ModelVersion::version);
    }

    /**
     * Points an alias to a version.
     *
     * @throws io.mlpool.model.BrokenBundleException when it is there and cannot be read
     * @throws UnknownVersionException when there is no such version
     */
    void assign(String model, Alias alias, int version);

    /**
     * Points an alias to a version unless somebody pointed it elsewhere meanwhile. In a folder that is one step; MLflow knows no such thing, so there
     * the alias is looked at just before.
     *
     * @param before version that it is thought to point to; null for none
     * @return whether it pointed there
     * @throws io.mlpool.model.BrokenBundleException when it is there and cannot be read
     * @throws UnknownVersionException when there is no such version
     */
    default boolean replace(String model, Alias alias, @Nullable Integer before, int version) {
        if (!target(model, alias).equals(Optional.ofNullable(before))) {
            return false;
        }
        assign(model, alias, version);
        return true;
    }

    /** Takes an alias away; nothing happens when it points nowhere. */
    void unassign(String model, Alias alias);

    /**
     * Deletes a version and its bundle; nothing happens when there is none. Its number is not given again.
     *
     * @throws IllegalArgumentException when an alias points to it, or it is the newest
     */
    void delete(String model, int version);

    /**
     * The version's bundle, on this machine and verified: every digest and, where any keys are trusted, its signature.
     *
     * @throws io.mlpool.model.BrokenBundleException when the registry holds no bundle, or not what was registered, or nobody who is trusted signed it
     * @throws BundleNotKeptException when this machine has no room for it
     */
    ModelBundle fetch(ModelVersion version);

    /**
     * Signs a version that was registered without a signature, or with another key. For those who know that it is theirs: nothing but digests is
     * verified.
     *
     * @throws io.mlpool.model.BrokenBundleException when the registry holds no bundle, or not what was registered
     * @throws IllegalStateException when the registry was opened without a key
     */
    void sign(ModelVersion version);

    /** The version that a training run made. */
    default Optional<ModelVersion> ofRun(String model, String runId) {
        return versions(model).stream()
                .filter(version -> version.runId().equals(runId))
                .findFirst();
    }

    /**
     * The version with this number.
     *
     * @throws io.mlpool.model.BrokenBundleException when it is there and cannot be read
     */
    default Optional<ModelVersion> find(String model, int version) {
        return versions(model).stream().filter(one -> one.version() == version).findFirst();
    }
}
