package io.mlpool.ingest.inbox;

import io.mlpool.ingest.Ingestion;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.ingest.files.FileSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder. A complete file is archived, taken in and then moved to {@code done}, or to {@code failed} with a text beside it that
 * says why. It leaves its place only when all of that is done, so a crash in between means that it is looked at again, and taking
 * it in again changes nothing.
 */
final class Inbox {

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);
    private static final String DONE = "done";
    private static final String FAILED = "failed";
    private static final String HALF_WRITTEN = "(?i)(\\..*|.*\\.(part|tmp|crdownload|filepart|txt~))";

    private final InboxProperties settings;
    private final RawArchive archive;
    private final Ingestion ingestion;
    private final Clock clock;

    Inbox(InboxProperties settings, RawArchive archive, Ingestion ingestion, Clock clock) {
        this.settings = settings;
        this.archive = archive;
        this.ingestion = ingestion;
        this.clock = clock;
    }

    /** Archives every complete file; those that are damaged are put aside. */
    List<InboxFile> complete() {
        List<InboxFile> complete = new ArrayList<>();
        for (Path file : settledFiles()) {
            String name = nameOf(file);
            try {
                complete.add(new InboxFile(name, archive.store(payload(name)).sha256()));
            } catch (UnreadablePayloadException e) {
                fail(name, e);
            } catch (UncheckedIOException e) {
                log.warn("{} stays in the inbox and is looked at again. {}", name, e.getMessage());
            }
        }
        return complete;
    }

    /** Takes in one file and moves it away; nothing happens when it is not there any more. */
    void take(InboxFile file) {
        if (!Files.exists(pathOf(file.name()))) {
            return;
        }
        try {
            ingestion.ingest(payload(file.name()));
            move(file.name(), DONE);
        } catch (UnreadablePayloadException e) {
            fail(file.name(), e);
        }
    }

    private void fail(String name, UnreadablePayloadException why) {
        Path text = settings.folder().resolve(FAILED).resolve(name + ".txt");
        try {
            Files.createDirectories(parent(text));
            Files.writeString(text, why.getMessage() + System.lineSeparator());
        } catch (IOException e) {
            throw new UncheckedIOException("%s could not be written".formatted(text), e);
        }
        move(name, FAILED);
        log.warn("{} was put into {}: no candles of it are stored. {}", name, FAILED, why.getMessage());
    }

    private void move(String name, String to) {
        Path target = settings.folder().resolve(to).resolve(name);
        try {
            Files.createDirectories(parent(target));
            Files.move(pathOf(name), target, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            log.info("{} was already moved.", name);
        } catch (IOException e) {
            throw new UncheckedIOException("%s could not be moved to %s".formatted(name, target), e);
        }
    }

    private List<Path> settledFiles() {
        Path folder = settings.folder();
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(Files::isRegularFile)
                        .filter(file ->
                                !file.startsWith(folder.resolve(DONE)) && !file.startsWith(folder.resolve(FAILED)))
                        .filter(file -> !file.getFileName().toString().matches(HALF_WRITTEN))
                        .filter(this::isSettled)
                        .sorted()
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the inbox %s cannot be listed".formatted(folder), e);
        }
    }

    private boolean isSettled(Path file) {
        try {
            Instant quietSince = Files.getLastModifiedTime(file).toInstant();
            return !quietSince.plus(settings.settle()).isAfter(clock.instant());
        } catch (IOException e) {
            return false; // gone meanwhile: another replica moved it
        }
    }

    private Payload payload(String name) {
        return new Payload(FileSource.NAME, name, Map.of(), () -> Files.newInputStream(pathOf(name)));
    }

    private Path pathOf(String name) {
        return settings.folder().resolve(name);
    }

    private String nameOf(Path file) {
        return settings.folder().relativize(file).toString().replace('\\', '/');
    }

    private static Path parent(Path file) {
        return file.resolveSibling("");
    }
}
