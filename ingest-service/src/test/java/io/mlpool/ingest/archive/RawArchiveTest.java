package io.mlpool.ingest.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.encryption.Encryption;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.testing.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawArchiveTest {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256_OF_HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private final SettableClock clock = new SettableClock(Instant.parse("2024-06-01T12:00:00Z"));

    @TempDir
    private Path folder;

    @Test
    void contentLiesUnderSourceDayAndItsDigest() throws IOException {
        ArchivedPayload archived = archive().store(payload("a.csv", Map.of("asset", "bitcoin"), HELLO));

        assertThat(archived.sha256()).isEqualTo(SHA256_OF_HELLO);
        assertThat(folder.resolve("files/2024-06-01/" + SHA256_OF_HELLO + ".gz"))
                .exists();
        assertThat(content(archived)).isEqualTo(HELLO);
        assertThat(archived.fetchedAt()).isEqualTo(clock.instant());
    }

    @Test
    void sameContentAgainIsNoNewFileAndKeepsTheFirstTime() {
        ArchivedPayload first = archive().store(payload("a.csv", Map.of(), HELLO));
        clock.advance(Duration.ofDays(2));

        ArchivedPayload second = archive().store(payload("a.csv", Map.of(), HELLO));

        assertThat(second.fetchedAt()).isEqualTo(first.fetchedAt());
        assertThat(filesIn(folder)).hasSize(2);
    }

    @Test
    void sameContentUnderOtherHintsIsAnotherReceiptOfTheSameFile() {
        archive().store(payload("a.csv", Map.of(), HELLO));
        clock.advance(Duration.ofDays(2));
        archive().store(payload("a.csv", Map.of("asset", "bitcoin"), HELLO));

        assertThat(filesIn(folder)).filteredOn(name -> name.endsWith(".gz")).hasSize(1);
        assertThat(archive().payloads())
                .extracting(archived -> archived.payload().hints())
                .containsExactly(Map.of(), Map.of("asset", "bitcoin"));
    }

    @Test
    void gzipAndPlainAreTheSameContent() {
        archive().store(payload("a.csv", Map.of(), HELLO));

        assertThat(archive().store(payload("a.csv", Map.of(), gzip(HELLO))).sha256())
                .isEqualTo(SHA256_OF_HELLO);
        assertThat(filesIn(folder)).hasSize(2);
    }

    @Test
    void folderAloneTellsEverythingOldestFirst() throws IOException {
        archive().store(payload("b.csv", Map.of("interval", "1h"), HELLO));
        clock.advance(Duration.ofMinutes(1));
        archive().store(payload("a.csv", Map.of(), gzip(new byte[] {1, 2, 3})));

        List<ArchivedPayload> payloads = new RawArchive(folder, clock).payloads();

        assertThat(payloads).extracting(archived -> archived.payload().name()).containsExactly("b.csv", "a.csv");
        assertThat(payloads.getFirst().payload().source()).isEqualTo("files");
        assertThat(payloads.getFirst().payload().hints()).isEqualTo(Map.of("interval", "1h"));
        assertThat(content(payloads.getFirst())).isEqualTo(HELLO);
    }

    @Test
    void contentThatBreaksOffLeavesNothing() {
        Payload broken = new Payload("files", "a.csv", Map.of(), () -> new InputStream() {
            private int blocks = 3;

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (blocks-- == 0) {
                    throw new IOException("connection reset");
                }
                return length;
            }
        });

        assertThatThrownBy(() -> archive().store(broken))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("a.csv");
        assertThat(filesIn(folder)).isEmpty();
    }

    @Test
    void damagedGzipIsRefusedWithWhatToDo() {
        byte[] cut = Arrays.copyOf(gzip(new byte[5000]), 20);

        assertThatThrownBy(() -> archive().store(payload("a.csv.gz", Map.of(), cut)))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("fetch it again");
        assertThat(filesIn(folder)).isEmpty();
    }

    @Test
    void contentOverTheLimitIsRefused() {
        RawArchive small = new RawArchive(folder, 1000, Encryption.off(), clock);

        assertThatThrownBy(() -> small.store(payload("a.csv.gz", Map.of(), gzip(new byte[200_000]))))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("1000 bytes");
        assertThat(filesIn(folder)).isEmpty();
    }

    private RawArchive archive() {
        return new RawArchive(folder, clock);
    }

    private static Payload payload(String name, Map<String, String> hints, byte[] content) {
        return new Payload("files", name, hints, () -> new ByteArrayInputStream(content));
    }

    private static byte[] content(ArchivedPayload archived) throws IOException {
        try (InputStream in = archived.payload().content().open()) {
            return in.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<String> filesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
