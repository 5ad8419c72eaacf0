package io.mlpool.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    /** A keyset of the template AES128_GCM_HKDF_4KB, its key all zeros. */
    private static final String AES_128 = """
            {"primaryKeyId":7,"key":[{"keyData":{"typeUrl":"type.googleapis.com/google.crypto.tink.AesGcmHkdfStreamingKey",\
            "value":"EgcIgCAQEBgDGhAAAAAAAAAAAAAAAAAAAAAA","keyMaterialType":"SYMMETRIC"},"status":"ENABLED","keyId":7,\
            "outputPrefixType":"RAW"}]}""";

    @TempDir
    private Path folder;

    @Test
    void newFileHasOneKeyAndIsReadByItsUserOnly() throws IOException {
        KeyFile file = created();

        assertThat(file.entries()).singleElement().returns(true, KeyFile.Entry::primary);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining(one -> one.equals(file.path()));
    }

    @Test
    void foldersThatAreMissingAreMadeForItsUserOnly() throws IOException {
        KeyFile file = new KeyFile(folder.resolve("etc/mlpool/keys.json"));

        file.create();

        assertThat(file.entries()).hasSize(1);
        for (Path made : List.of(folder.resolve("etc"), folder.resolve("etc/mlpool"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void folderThatIsAFileIsNamed() throws IOException {
        Path occupied = Files.writeString(folder.resolve("occupied"), "");

        assertThatThrownBy(() -> new KeyFile(occupied.resolve("keys.json")).create())
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("keys.json cannot be written: ")
                .hasMessageContaining(occupied.toString());
    }

    @Test
    void keysAreNeverOverwritten() throws IOException {
        KeyFile file = created();
        String before = Files.readString(file.path());

        assertThatThrownBy(file::create).isInstanceOf(KeyFileException.class).hasMessageContaining("exists already");
        assertThat(file.path()).hasContent(before);
    }

    @Test
    void rotationAddsAKeyThatEncryptsAndKeepsTheOthers() {
        KeyFile file = created();
        long first = file.entries().getFirst().id();

        file.rotate();

        assertThat(file.entries()).hasSize(2).contains(new KeyFile.Entry(first, false));
        assertThat(file.entries().getLast().primary()).isTrue();
    }

    @Test
    void rotationLeavesTheFileToWhomItBelongs() throws IOException {
        KeyFile file = created();
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("r--------"));

        file.rotate();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("r--------");
    }

    @Test
    void rotationOfALinkChangesTheFileBehindIt() throws IOException {
        KeyFile file = created();
        Path link = Files.createSymbolicLink(folder.resolve("link"), file.path());

        new KeyFile(link).rotate();

        assertThat(link).isSymbolicLink();
        assertThat(file.entries()).hasSize(2);
    }

    @Test
    void missingFileSaysHowToMakeOne() {
        assertThatThrownBy(() -> Encryption.with(folder.resolve("none.json")))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("none.json does not exist; ./mlpool encryption create");
    }

    @Test
    void fileThatOthersMayReadIsRefusedWithWhatToDo() throws IOException {
        KeyFile file = created();
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> Encryption.with(file.path()))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("chmod 600 " + file.path());
    }

    @ParameterizedTest
    @CsvSource({
        "rw-------, pool, true",
        "r--------, pool, true",
        "rw-r-----, pool, false",
        "rw--w----, root, false",
        "r--r-----, root, true",
        "r--r--r--, root, false",
        "rw-----w-, pool, false"
    })
    void groupMayReadWhatRootGivesIt(String permissions, String owner, boolean allowed) {
        if (allowed) {
            assertThatCode(() -> requirePrivate(permissions, owner)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> requirePrivate(permissions, owner)).isInstanceOf(KeyFileException.class);
        }
    }

    private static void requirePrivate(String permissions, String owner) {
        PrivateFile.requirePrivate(Path.of("keys.json"), PosixFilePermissions.fromString(permissions), owner);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"primaryKeyId\": 7, \"key\": []}",
                "secret-that-must-not-be-told",
                "{\"key\": [\"secret-that-must-not-be-told\"]}"
            })
    void whatIsNoKeysetIsRefusedAndNotQuoted(String content) throws IOException {
        assertThatThrownBy(() -> Encryption.with(file(content)))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("holds no keyset")
                .hasMessageContaining("\"primaryKeyId\" and at least one \"key\"")
                .hasNoCause()
                .message()
                .doesNotContain("secret");
    }

    @Test
    void keysOf128BitsAreRefused() throws IOException {
        assertThatThrownBy(() -> Encryption.with(file(AES_128)))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("key 7")
                .hasMessageContaining("AES-256");
    }

    private Path file(String content) throws IOException {
        Path file = folder.resolve("other.json");
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private KeyFile created() {
        KeyFile file = new KeyFile(folder.resolve("keys.json"));
        file.create();
        return file;
    }
}
