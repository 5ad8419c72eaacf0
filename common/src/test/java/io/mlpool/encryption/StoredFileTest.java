package io.mlpool.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredFileTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    private StoredFile encrypted;
    private StoredFile plain;

    @BeforeEach
    void makeAKey() {
        KeyFile keys = new KeyFile(elsewhere.resolve("keys.json"));
        keys.create();
        encrypted = new StoredFolder(folder, Encryption.with(keys.path())).file("network.zip");
        plain = StoredFolder.plain(folder).file("network.zip");
    }

    @Test
    void itLiesUnderANameThatTellsHow() throws IOException {
        encrypted.write(bytes("weights"));

        assertThat(names()).containsExactly("network.zip.enc");
        assertThat(encrypted.bytes()).asString().isEqualTo("weights");
        assertThat(encrypted.isEncrypted()).isTrue();
    }

    @Test
    void whatIsThereIsReadAsItLies() throws IOException {
        plain.write(bytes("weights"));

        assertThat(encrypted.exists()).isTrue();
        assertThat(encrypted.isEncrypted()).isFalse();
        assertThat(encrypted.bytes()).asString().isEqualTo("weights");
    }

    @Test
    void writingAgainLeavesNothingPlainBehind() throws IOException {
        plain.write(bytes("old"));

        encrypted.write(bytes("new"));

        assertThat(names()).containsExactly("network.zip.enc");
        assertThat(encrypted.bytes()).asString().isEqualTo("new");
    }

    @Test
    void killedBeforeTheOldFormIsGoneTheNewOneCounts() throws IOException {
        plain.write(bytes("old"));
        byte[] old = Files.readAllBytes(plain.path());
        encrypted.write(bytes("new"));
        Files.write(folder.resolve("network.zip"), old);

        assertThat(encrypted.bytes()).asString().isEqualTo("new");
    }

    @Test
    void withoutAKeyItIsThereButCannotBeRead() throws IOException {
        encrypted.write(bytes("weights"));

        assertThat(plain.exists()).isTrue();
        assertThatThrownBy(plain::bytes)
                .isInstanceOf(EncryptedFileException.class)
                .hasMessageContaining("network.zip.enc is encrypted: let mlpool.encryption.keys name the key file");
    }

    @Test
    void whatIsNotThereIsNotRead() {
        assertThat(encrypted.exists()).isFalse();
        assertThatThrownBy(encrypted::bytes).isInstanceOf(NoSuchFileException.class);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
