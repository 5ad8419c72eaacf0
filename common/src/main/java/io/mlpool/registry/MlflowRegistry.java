package io.mlpool.registry;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.mlflow.Mlflow;
import io.mlpool.mlflow.MlflowException;
import io.mlpool.mlflow.RegisteredModels;
import io.mlpool.mlflow.Runs;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.ModelBundle;
import io.mlpool.signing.BundleSigning;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The registry of an MLflow server. A bundle is uploaded as a folder of the training's MLflow run, and a version points to it; any
 * of MLflow's tools can load it. The folder has the digest in its name, so that no other execution of the run ever writes over what
 * a version points to. Everything but {@link #fetch} of a bundle that is here already needs the server
 * and throws {@link io.mlpool.mlflow.MlflowException} without it.
 */
public final class MlflowRegistry implements ModelRegistry {

    /** Tag of runs and versions: our own run id, by which a repetition is recognised. */
    public static final String RUN_TAG = "mlpool.run_id";

    private static final DateTimeFormatter NAMED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Mlflow mlflow;
    private final RegisteredModels models;
    private final MlflowModelRuns runs;
    private final MlflowBundles uploaded;
    private final BundleSigning signing;
    private final FetchedBundles fetched;

    /**
     * The registry of a server; nothing is signed and no signature is asked for.
     *
     * @param cache folder for fetched bundles; may be deleted at any time, may be shared by processes
     */
    public MlflowRegistry(Mlflow mlflow, Path cache) {
        this(mlflow, cache, BundleSigning.none());
    }

    /** The same where bundles are signed, or signatures are asked for. */
    public MlflowRegistry(Mlflow mlflow, Path cache, BundleSigning signing) {
        this(mlflow, cache, signing, Encryption.off());
    }

    /** The same where bundles may be encrypted: they are uploaded and fetched as they are. */
    public MlflowRegistry(Mlflow mlflow, Path cache, BundleSigning signing, Encryption encryption) {
        this.mlflow = mlflow;
        this.models = mlflow.registeredModels();
        this.runs = new MlflowModelRuns(mlflow);
        this.uploaded = new MlflowBundles(mlflow);
        this.signing = signing;
        this.fetched = new FetchedBundles(new StoredFolder(cache, encryption));
    }

    /** Tags of a run that MLflow's pages show in columns of their own: its name, what it is of and for whom. */
    public static Map<String, String> origin(String algorithm, Instant begun) {
        return Map.of(
                "mlflow.runName",
                algorithm + " " + NAMED.format(begun),
                "mlflow.source.name",
                "ML Pool",
                "mlflow.source.type",
                "JOB",
                "mlflow.user",
                System.getProperty("user.name"));
    }

    @Override
    public String place() {
        return "MLflow at " + mlflow.server();
    }

    @Override
    public String publicPlace() {
        return place();
    }

    @Override
    public List<String> models() {
        return aliases().stream().map(ModelAliases::model).toList();
    }

    @Override
    public List<ModelAliases> aliases() {
        return models.models().stream()
                .filter(RegisteredModels.Model::versions)
                .filter(model -> ModelName.isOne(model.name()))
                .map(MlflowRegistry::aliases)
                .sorted(Comparator.comparing(ModelAliases::model))
                .toList();
    }

    @Override
    public ModelVersions list(String model) {
        List<ModelVersion> versions = ModelName.isOne(model)
                ? models.versions(model).stream().map(MlflowRegistry::read).toList()
                : List.of();
        return new ModelVersions(versions, Collections.emptySortedMap());
    }

    @Override
    public Optional<ModelVersion> find(String model, int version) {
        return ModelName.isOne(model) && version > 0
                ? models.version(model, version).map(MlflowRegistry::read)
                : Optional.empty();
    }

    @Override
    public Optional<ModelVersion> find(String model, Alias alias) {
        return ModelName.isOne(model)
                ? models.version(model, alias.label()).map(MlflowRegistry::read)
                : Optional.empty();
    }

    @Override
    public Optional<ModelVersion> ofRun(String model, String runId) {
        return models.versions(model, RUN_TAG, runId).stream().findFirst().map(MlflowRegistry::read);
    }

    /**
     * Whether a version was created is never guessed: its tag tells. Should two processes register one run at the same moment, the
     * lower number stays, and each of them takes the other away.
     */
    @Override
    public ModelVersion register(ModelBundle bundle, Map<String, String> tags) {
        String model = bundle.header().model();
        String runId = bundle.header().provenance().runId();
        Optional<ModelVersion> known = ofRun(model, runId);
        if (known.isPresent()) {
            return known.get();
        }
        Runs.Run run = runs.of(bundle.header());
        URI folder = uploaded.upload(bundle, signing.signature(bundle).or(bundle::signature), run.artifacts());
        runs.show(run, bundle, folder);
        models.ensure(model, "Registered by ML Pool; the alias champion is live.");
        Map<String, String> all = new HashMap<>(tags);
        all.put(RUN_TAG, runId);
        all.put(FetchedBundles.DIGEST_TAG, bundle.digest());
        models.create(model, folder, run.id(), tags.getOrDefault("decision", ""), all);
        return onlyOne(model, runId);
    }

    @Override
    public void assign(String model, Alias alias, int version) {
        if (!ModelName.isOne(model) || !models.assign(model, alias.label(), version)) {
            throw new UnknownVersionException(model, version);
        }
    }

    @Override
    public void unassign(String model, Alias alias) {
        models.unassign(model, alias.label());
    }

    /** The bundle stays among the artifacts of the training's MLflow run, which MLflow itself deletes: {@code mlflow gc}. */
    @Override
    public void delete(String model, int version) {
        if (!ModelName.isOne(model)) {
            return;
        }
        int newest = list(model).readable().stream()
                .mapToInt(ModelVersion::version)
                .max()
                .orElse(0);
        aliases().stream()
                .filter(one -> one.model().equals(model))
                .forEach(one -> ModelVersion.requireIdle(model, version, newest, one.targets()));
        models.delete(model, version);
    }

    @Override
    public ModelBundle fetch(ModelVersion version) {
        return fetch(version, signing);
    }

    @Override
    public void sign(ModelVersion version) {
        ModelBundle bundle = fetch(version, BundleSigning.none());
        String signature =
                signing.signature(bundle).orElseThrow(() -> new IllegalStateException("there is no key to sign with"));
        uploaded.sign(version, signature);
    }

    private ModelBundle fetch(ModelVersion version, BundleSigning asked) {
        try {
            return fetched.fetch(version, asked, uploaded::source);
        } catch (MlflowException e) {
            throw e.trouble() == MlflowException.Trouble.REFUSED
                    ? new BrokenBundleException(MlflowBundles.noBundle(version, e.getMessage()), e)
                    : e;
        }
    }

    private ModelVersion onlyOne(String model, String runId) {
        List<RegisteredModels.Version> made = models.versions(model, RUN_TAG, runId);
        made.stream().skip(1).forEach(doubled -> models.delete(model, doubled.version()));
        return read(made.getFirst());
    }

    /** Teams may have aliases of their own; those say nothing to us. */
    private static ModelAliases aliases(RegisteredModels.Model model) {
        Map<Alias, Integer> targets = new EnumMap<>(Alias.class);
        model.aliases().forEach((label, version) -> Alias.of(label).ifPresent(alias -> targets.put(alias, version)));
        return new ModelAliases(model.name(), targets, Map.of());
    }

    private static ModelVersion read(RegisteredModels.Version version) {
        Map<String, String> tags = new HashMap<>(version.tags());
        String runId = tags.remove(RUN_TAG);
        return new ModelVersion(
                version.name(), version.version(), runId == null ? version.runId() : runId, version.createdAt(), tags);
    }
}
