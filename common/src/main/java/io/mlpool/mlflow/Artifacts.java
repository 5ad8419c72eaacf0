package io.mlpool.mlflow;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Files of runs, through the artifact proxy that MLflow has unless it was told otherwise. */
public final class Artifacts {

    private static final String SCHEME = "mlflow-artifacts";

    private final Mlflow mlflow;

    Artifacts(Mlflow mlflow) {
        this.mlflow = mlflow;
    }

    private record File(
            String path, boolean isDir, @Nullable Long fileSize) {}

    private record Listing(@Nullable List<File> files) {}

    /** Whether files of this place pass through the server, and not only through clients that know another storage. */
    public static boolean holds(URI root) {
        return SCHEME.equals(root.getScheme());
    }

    /**
     * Writes a file, over the one that is there.
     *
     * @param root a run's {@code artifact_uri}
     * @param name below it, with slashes
     */
    public void upload(URI root, String name, Path file) {
        mlflow.upload(segments(place(root) + "/" + name), file);
    }

    /** Reads a file, over the one that is there. When this throws, what is in the file is of no use. */
    public void download(URI root, String name, Path file) {
        mlflow.download(segments(place(root) + "/" + name), file);
    }

    /** The files of a folder, not of those in it, with their size in bytes. */
    public Map<String, Long> list(URI root, String folder) {
        List<File> files =
                mlflow.list(place(root) + "/" + folder, Listing.class).files();
        return files == null
                ? Map.of()
                : files.stream()
                        .filter(file -> !file.isDir())
                        .collect(Collectors.toMap(
                                file -> lastSegment(file.path()),
                                file -> file.fileSize() == null ? -1 : file.fileSize()));
    }

    /** Where MLflow says that files are; what is no address is kept as one that {@link #place} refuses. */
    static URI location(String artifactUri) {
        try {
            return URI.create(artifactUri);
        } catch (IllegalArgumentException e) {
            return URI.create("unusable:" + URLEncoder.encode(artifactUri, StandardCharsets.UTF_8));
        }
    }

    private String place(URI root) {
        if (!holds(root)) {
            throw new MlflowException(
                    MlflowException.Trouble.UNSUITABLE,
                    ("MLflow at %s keeps artifacts at %s, where only its own clients can write: start it with --serve-artifacts"
                                    + " (and --artifacts-destination for the place), and use an experiment that was made after that")
                            .formatted(mlflow.server(), root));
        }
        return root.getPath().replaceAll("^/+|/+$", "");
    }

    private static String segments(String path) {
        Function<String, String> encode =
                segment -> URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
        return Arrays.stream(path.split("/")).map(encode).collect(Collectors.joining("/", "/", ""));
    }

    private static String lastSegment(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
