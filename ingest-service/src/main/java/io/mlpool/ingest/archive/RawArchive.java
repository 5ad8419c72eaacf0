package io.mlpool.ingest.archive;

import io.mlpool.encryption.Encryption;
import io.mlpool.ingest.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every payload as it came, so that a lost database can be rebuilt from the folder alone. Content lies compressed under its
 * own digest, {@code <root>/<source>/<yyyy-mm-dd>/<sha256>.gz}; beside it one small JSON file for each name and set of hints
 * under which it was received. Nothing is ever changed or half there: files are written aside, synced and then renamed. With
 * encryption the name ends in {@code .gz.enc}; what was kept without it is read as before.
 */
public final class RawArchive {

    private final Path root;
    private final long mostUnpacked;
    private final Encryption encryption;
    private final Clock clock;

    /**
     * An archive.
     *
     * @param mostUnpacked how many bytes the content of one payload may have
     */
    public RawArchive(Path root, long mostUnpacked, Encryption encryption, Clock clock) {
        this.root = root.toAbsolutePath().normalize();
        this.mostUnpacked = mostUnpacked;
        this.encryption = encryption;
        this.clock = clock;
    }

    /** An archive without encryption, for payloads of any size that a source may have. */
    public RawArchive(Path root, Clock clock) {
        this(root, 8L << 30, Encryption.off(), clock);
    }

    /**
     * Keeps the payload and answers with a copy that reads from the archive. Storing the same content again, under the same
     * name and hints, changes nothing and answers with what was stored first.
     *
     * @throws io.mlpool.ingest.UnreadablePayloadException when it is a damaged gzip or larger than allowed
     * @throws UncheckedIOException when the content cannot be read to its end or not be written; nothing is kept then
     */
    public ArchivedPayload store(Payload payload) {
        try {
            Files.createDirectories(root);
            try (ArchivedContent content = ArchivedContent.write(payload, root, mostUnpacked, encryption)) {
                Path day = dayOf(payload.source(), content.sha256()).orElseGet(() -> today(payload.source()));
                content.moveTo(day);
                return Receipt.of(payload, content.sha256(), clock.instant()).keepIn(day, encryption);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s could not be archived under %s".formatted(payload.name(), root), e);
        }
    }

    /** All payloads, the first received first. */
    public List<ArchivedPayload> payloads() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root, 3)) {
            return files.filter(Receipt::isReceipt)
                    .map(file -> Receipt.read(file, encryption))
                    .sorted(Comparator.comparing(ArchivedPayload::fetchedAt)
                            .thenComparing(archived -> archived.payload().name()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the raw archive %s could not be listed".formatted(root), e);
        }
    }

    /**
     * Encrypts all content anew with the newest key, and what is not encrypted yet. It may be killed and done again, but nothing should be
     * read from the archive meanwhile.
     *
     * @return why content could not be read and stays as it is; empty when all is well
     * @throws IllegalStateException when encryption is off
     */
    public List<String> renew() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<String> left = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root, 3)) {
            for (ContentFile content : files.filter(Receipt::isReceipt)
                    .map(file -> Receipt.content(file, encryption))
                    .distinct()
                    .toList()) {
                try {
                    content.renew();
                } catch (IOException e) {
                    left.add(String.valueOf(e.getMessage()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the raw archive %s could not be listed".formatted(root), e);
        }
        return left;
    }

    private Optional<Path> dayOf(String source, String sha256) {
        Path folder = root.resolve(source);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> days = Files.list(folder)) {
            return days.filter(day -> new ContentFile(day, sha256, encryption).exists())
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("the raw archive %s could not be searched".formatted(folder), e);
        }
    }

    private Path today(String source) {
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return root.resolve(source).resolve(day.toString());
    }
}
