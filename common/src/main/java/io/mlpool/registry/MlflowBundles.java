package io.mlpool.registry;

import io.mlpool.mlflow.Artifacts;
import io.mlpool.mlflow.Mlflow;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bundles among the artifacts of MLflow: each a folder of a run. */
record MlflowBundles(Mlflow mlflow) {

    /** Of the bundle's digest, in the name of its folder. */
    private static final int DIGITS = 12;

    private static final String LAST_FILE = "MLmodel";

    /** Gives the folder in which it lies then; what is there already from an interrupted try is written anew. */
    URI upload(ModelBundle bundle, Optional<String> signature, URI artifacts) {
        URI folder = URI.create(artifacts + "/model-" + bundle.digest().substring(0, DIGITS));
        signature.ifPresent(one -> upload(one, folder));
        bundle.files().stream().sorted(Comparator.comparing(LAST_FILE::equals)).forEach(file -> mlflow.artifacts()
                .upload(folder, file, bundle.directory().resolve(file)));
        return folder;
    }

    /** Puts a signature beside what was uploaded without one. */
    void sign(ModelVersion version, String signature) {
        upload(signature, folder(version));
    }

    /** Where the files of a version come from. */
    FetchedBundles.Source source(ModelVersion version) {
        URI folder = folder(version);
        return (file, target) -> mlflow.artifacts().download(folder, file, target);
    }

    /** Teams register models of other tools beside ours; an alias may point to one by mistake. */
    static String noBundle(ModelVersion version, @Nullable String why) {
        return "version %d of %s in MLflow holds no bundle of ML Pool: %s"
                .formatted(version.version(), version.model(), why);
    }

    private URI folder(ModelVersion version) {
        URI folder = mlflow.registeredModels()
                .version(version.model(), version.version())
                .orElseThrow(() -> new UnknownVersionException(version.model(), version.version()))
                .source();
        if (!Artifacts.holds(folder)) {
            throw new BrokenBundleException(noBundle(version, "its source is " + folder));
        }
        return folder;
    }

    private void upload(String signature, URI folder) {
        try {
            Path file = Files.createTempFile("mlpool", "." + ModelBundle.SIGNATURE);
            try {
                Files.writeString(file, signature);
                mlflow.artifacts().upload(folder, ModelBundle.SIGNATURE, file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a signature before it is uploaded", e);
        }
    }
}
