package io.mlpool.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {

    private static final int SEGMENT = 64 << 10;

    /** Length, salt and the beginning of the nonce. */
    private static final int HEADER = 1 + 32 + 7;

    private static final int TAG = 16;
    private static final int FIRST_SEGMENT = SEGMENT - HEADER - TAG;
    private static final int OTHER_SEGMENT = SEGMENT - TAG;

    @TempDir
    private Path folder;

    private KeyFile keys;
    private Encryption encryption;

    @BeforeEach
    void makeAKey() {
        keys = new KeyFile(folder.resolve("keys.json"));
        keys.create();
        encryption = Encryption.with(keys.path());
    }

    static IntStream sizes() {
        IntStream boundaries = IntStream.of(
                        FIRST_SEGMENT, FIRST_SEGMENT + OTHER_SEGMENT, FIRST_SEGMENT + 2 * OTHER_SEGMENT)
                .flatMap(boundary -> IntStream.rangeClosed(boundary - 1, boundary + 1));
        IntStream random = new Random(7).ints(20, 2, 300_000);
        return IntStream.concat(IntStream.of(0, 1, 5_000_000), IntStream.concat(boundaries, random));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void whatIsWrittenIsReadAgain(int size) throws IOException {
        byte[] content = content(size);

        Path file = write(content, "a");

        assertThat(read(file, "a")).isEqualTo(content);
        assertThat(Files.size(file)).isGreaterThanOrEqualTo(size + HEADER + TAG);
    }

    @Test
    void nothingOfThePlainContentLiesInTheFile() throws IOException {
        byte[] content = "a price that nobody is to see".repeat(1000).getBytes(StandardCharsets.UTF_8);

        assertThat(new String(Files.readAllBytes(write(content, "a")), StandardCharsets.ISO_8859_1))
                .doesNotContain("price");
    }

    @Test
    void theSameContentIsAnotherFileEachTime() throws IOException {
        byte[] content = content(1000);

        byte[] first = Files.readAllBytes(write(content, "a"));

        assertThat(Files.readAllBytes(write(content, "a"))).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, FIRST_SEGMENT, 200_000})
    void everyChangedByteIsNoticed(int size) throws IOException {
        byte[] whole = Files.readAllBytes(write(content(size), "a"));
        IntStream everywhere = IntStream.concat(
                IntStream.range(0, Math.min(HEADER + 2, whole.length)),
                IntStream.concat(
                        new Random(size).ints(30, 0, whole.length), IntStream.range(whole.length - TAG, whole.length)));

        everywhere.forEach(position -> {
            byte[] changed = whole.clone();
            changed[position] ^= 1;
            assertUnreadable(changed, "byte " + position + " changed");
        });
    }

    @Test
    void everyCutIsNoticed() throws IOException {
        byte[] whole = Files.readAllBytes(write(content(200_000), "a"));

        IntStream.of(
                        0,
                        1,
                        HEADER - 1,
                        HEADER,
                        HEADER + TAG,
                        SEGMENT - 1,
                        SEGMENT,
                        SEGMENT + 1,
                        2 * SEGMENT,
                        3 * SEGMENT,
                        whole.length - 1)
                .forEach(length -> assertUnreadable(Arrays.copyOf(whole, length), "cut at " + length));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, FIRST_SEGMENT, FIRST_SEGMENT + OTHER_SEGMENT})
    void whatIsAppendedIsNoticed(int size) throws IOException {
        byte[] whole = Files.readAllBytes(write(content(size), "a"));

        assertUnreadable(Arrays.copyOf(whole, whole.length + 1), "one byte more");
        assertUnreadable(Arrays.copyOf(whole, whole.length + SEGMENT), "a segment more");
    }

    @Test
    void segmentsThatChangedPlacesAreNoticed() throws IOException {
        byte[] whole = Files.readAllBytes(write(content(300_000), "a"));
        byte[] swapped = whole.clone();
        System.arraycopy(whole, SEGMENT, swapped, 2 * SEGMENT, SEGMENT);
        System.arraycopy(whole, 2 * SEGMENT, swapped, SEGMENT, SEGMENT);

        assertUnreadable(swapped, "segments 1 and 2 swapped");
    }

    @Test
    void fileInThePlaceOfAnotherIsNoticed() throws IOException {
        Path file = write(content(1000), "bundle.json");

        assertThatThrownBy(() -> read(file, "golden.json"))
                .isInstanceOf(EncryptedFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("another file was put in its place");
    }

    @Test
    void anotherKeyDoesNotDecrypt() throws IOException {
        Path file = write(content(1000), "a");
        KeyFile others = new KeyFile(folder.resolve("others.json"));
        others.create();

        assertThatThrownBy(() -> read(Encryption.with(others.path()), file, "a"))
                .isInstanceOf(EncryptedFileException.class)
                .hasMessageContaining("its key is not in " + others.path());
    }

    @Test
    void withoutAKeyTheMessageNamesTheSetting() throws IOException {
        Path file = write(content(1000), "a");

        assertThatThrownBy(() -> read(Encryption.off(), file, "a"))
                .isInstanceOf(EncryptedFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("mlpool.encryption.keys");
    }

    @Test
    void afterARotationOldAndNewFilesAreRead() throws IOException {
        Encryption beforeRotation = encryption;
        Path old = write(content(1000), "a");
        keys.rotate();
        encryption = Encryption.with(keys.path());
        Path fresh = write(content(2000), "a");

        assertThat(read(old, "a")).isEqualTo(content(1000));
        assertThat(read(fresh, "a")).isEqualTo(content(2000));
        assertThat(read(beforeRotation, fresh, "a"))
                .as("by one that runs since before the rotation")
                .isEqualTo(content(2000));
    }

    @Test
    void newFilesAreOfTheNewestKeyAlone() throws IOException {
        Path alone = Files.copy(keys.path(), folder.resolve("first.json"));
        keys.rotate();

        Path fresh = write(content(1000), "a");

        assertThatThrownBy(() -> read(Encryption.with(alone), fresh, "a")).isInstanceOf(EncryptedFileException.class);
    }

    @Test
    void keysThatAreSpoiledWhileTheyAreInUseStayInUse() throws IOException {
        Path file = write(content(1000), "a");
        Files.writeString(keys.path(), "gone");
        Files.setLastModifiedTime(keys.path(), FileTime.fromMillis(1));

        assertThat(read(file, "a")).isEqualTo(content(1000));
        assertThat(read(write(content(10), "a"), "a")).isEqualTo(content(10));
    }

    private void assertUnreadable(byte[] bytes, String what) {
        try {
            Path file = Files.write(folder.resolve("damaged"), bytes);
            assertThatThrownBy(() -> read(file, "a"))
                    .as(what)
                    .isInstanceOf(EncryptedFileException.class)
                    .hasMessageContaining("was changed or cut off");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private Path write(byte[] content, String about) throws IOException {
        Path file = Files.createTempFile(folder, "some", Encryption.SUFFIX);
        try (OutputStream out = encryption.encrypting(Files.newOutputStream(file), about)) {
            out.write(content);
        }
        return file;
    }

    private byte[] read(Path file, String about) throws IOException {
        return read(encryption, file, about);
    }

    private static byte[] read(Encryption with, Path file, String about) throws IOException {
        try (InputStream in = with.open(file, about)) {
            return in.readAllBytes();
        }
    }
}
