package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.encryption.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionCommandTest {

    @TempDir
    private Path folder;

    @Test
    void keyFileIsMadeOnceAndSaysHowItIsUsed() {
        Path file = folder.resolve("keys.json");

        assertThat(encryption("create", file).out())
                .contains("MLPOOL_ENCRYPTION_KEYS='%s' ./mlpool run".formatted(file));
        assertThat(encryption("create", file))
                .returns(1, Commands.Result::code)
                .returns(
                        "mlpool: %s exists already and is not overwritten: what is encrypted with its keys could never be read again"
                                .formatted(file),
                        refused -> refused.err().strip());
    }

    @Test
    void rotationAddsTheKeyThatEncrypts() {
        Path file = folder.resolve("keys.json");
        encryption("create", file);

        String rotated = encryption("rotate", file).out();

        assertThat(rotated.lines())
                .satisfiesExactly(
                        older -> assertThat(older).endsWith("  decrypts"),
                        newer -> assertThat(newer).endsWith("  encrypts and decrypts"),
                        warning -> assertThat(warning).startsWith("Copy the file anew"));
        assertThat(rotated).startsWith(encryption("list", file).out());
        assertThat(new KeyFile(file).entries()).hasSize(2);
    }

    @Test
    void homeThatWasEncryptedIsNotGoneOnWithInPlainByMistake() throws IOException {
        PoolHome home = new PoolHome(Files.createDirectories(folder.resolve("pool")));
        home.requireKeysWhereEncrypted();
        home.noteEncryption();

        Commands.Result refused =
                Commands.execute("run", "--home", home.folder().toString(), "--offline", "--once");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains("what is in %s is encrypted, and MLPOOL_ENCRYPTION_KEYS is not set".formatted(home.folder()))
                .contains("or delete %s to go on".formatted(home.folder().resolve("encrypted")));
        assertThat(home.database()).doesNotExist();
    }

    @Test
    void nothingOfTheKeysIsShown() throws IOException {
        Path file = folder.resolve("keys.json");
        encryption("create", file);
        String secret = Files.readString(file).replaceAll("(?s).*\"value\": ?\"([^\"]*)\".*", "$1");

        assertThat(secret).hasSizeGreaterThan(40).doesNotContain("{");
        assertThat(encryption("list", file).out()).doesNotContain(secret);
    }

    @Test
    void fileInAFolderThatIsNotThereIsMadeWithIt() {
        Path file = folder.resolve("nowhere/keys.json");

        assertThat(encryption("list", file).err()).contains("does not exist; ./mlpool encryption create");
        assertThat(encryption("create", file).code()).isZero();
        assertThat(encryption("list", file).code()).isZero();
    }

    @Test
    void folderThatCannotBeMadeIsRefusedInWords() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "").resolve("keys.json");

        assertThat(encryption("create", file).err()).contains("mlpool: %s cannot be written".formatted(file));
    }

    @Test
    void withoutAKeyNothingIsRenewed() {
        assertThat(Commands.execute("encryption", "renew", "--home", folder.toString()))
                .returns(1, Commands.Result::code)
                .returns(
                        "mlpool: set MLPOOL_ENCRYPTION_KEYS to the key file: without it there is nothing to encrypt with",
                        refused -> refused.err().strip());
    }

    private static Commands.Result encryption(String command, Path file) {
        return Commands.execute("encryption", command, file.toString());
    }
}
