package io.mlpool.ingest.files;

import io.mlpool.ingest.IngestReport;
import io.mlpool.ingest.Ingestion;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Takes in files and whole folders, for the command line. */
public final class FolderImport {

    private final Ingestion ingestion;

    public FolderImport(Ingestion ingestion) {
        this.ingestion = ingestion;
    }

    /**
     * Takes in every file under the paths, in the order of their names; hidden ones are passed over.
     *
     * @param hints told with every file, see {@link FileSource}
     * @throws IllegalArgumentException when a path does not exist
     */
    public void run(List<Path> paths, Map<String, String> hints, Listener listener) {
        for (Path path : paths) {
            for (Path file : files(path)) {
                take(file, hints, listener);
            }
        }
    }

    private void take(Path file, Map<String, String> hints, Listener listener) {
        try {
            listener.taken(file, ingestion.ingest(payload(file, hints)));
        } catch (UnreadablePayloadException e) {
            listener.refused(file, String.valueOf(e.getMessage()));
        }
    }

    /** A file as a payload; its name is told with the folder's, which may name the exchange. */
    public static Payload payload(Path file, Map<String, String> hints) {
        Path absolute = file.toAbsolutePath().normalize();
        int names = absolute.getNameCount();
        String name = absolute.subpath(Math.max(0, names - 2), names).toString().replace('\\', '/');
        return new Payload(FileSource.NAME, name, hints, () -> Files.newInputStream(absolute));
    }

    private static List<Path> files(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (java.nio.file.NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file or folder %s".formatted(path), e);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be listed".formatted(path), e);
        }
    }

    /** Told what becomes of each file. */
    public interface Listener {

        void taken(Path file, IngestReport report);

        void refused(Path file, String why);
    }
}
