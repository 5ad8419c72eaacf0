package io.mlpool.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Keys, id and signature were made with OpenSSL 3.0.19: {@code genpkey -algorithm ed25519}, {@code pkey -pubout}, {@code pkeyutl -sign -rawin}. */
class SigningKeysTest {

    private static final String PRIVATE = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIC4r3ySDG6PoFsnZTA2XnLikdG5WdlZ3VKH67u4eQHiL
            -----END PRIVATE KEY-----
            """;
    private static final String PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAz4HkQvRWGG4baNa8GX2YQAuQ//nqSlQXa5pT8Cekj+s=
            -----END PUBLIC KEY-----
            """;
    private static final String ID = "7125c8162823d50c";
    private static final byte[] MESSAGE = "model: price-1h\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SIGNED = Base64.getDecoder()
            .decode("5o1jDiVAL+01cm58Tjy2mvWsmvUGh83NuDvFwDNqHGxdpUYJgV6NQsCMYtkaobBHvvznVGKKNxJTPPpN0P4dBA==");

    @TempDir
    private Path folder;

    private Path key;
    private Path trusted;

    @BeforeEach
    void write() throws IOException {
        key = Files.writeString(folder.resolve("signing.pem"), PRIVATE);
        trusted = Files.createDirectory(folder.resolve("trusted"));
    }

    @Test
    void signaturesAreThoseOfOpenssl() throws IOException {
        Path file = Files.writeString(trusted.resolve("team.pem"), PUBLIC);

        assertThat(Ed25519.sign(PemFile.readPrivate(key), MESSAGE)).isEqualTo(SIGNED);
        assertThat(Ed25519.verify(PemFile.readPublic(file), MESSAGE, SIGNED)).isTrue();
        assertThat(Ed25519.id(PemFile.readPublic(file))).isEqualTo(ID);
        assertThat(PemFile.text(PemFile.readPrivate(key))).isEqualTo(PRIVATE);
        assertThat(PemFile.text(PemFile.readPublic(file))).isEqualTo(PUBLIC);
    }

    @Test
    void keyThatSignsHasToBeTrusted() throws IOException {
        SigningKeyPair.create(folder.resolve("other.pem"), trusted);
        SigningProperties properties = new SigningProperties(key, trusted);

        assertThatThrownBy(properties::signing)
                .hasMessageContaining("the public part of %s is not among the trusted keys in %s", key, trusted)
                .hasMessageContaining("openssl pkey -in " + key);

        Files.writeString(trusted.resolve("team.pem"), PUBLIC);
        assertThat(properties.signing().keyId()).isEqualTo(ID);
    }

    @Test
    void settingsThatCannotBeMeantStopTheStart() {
        assertThatThrownBy(() -> new SigningProperties(key, null)).hasMessageContaining("mlpool.signing.trusted");
        assertThatThrownBy(() -> new SigningProperties(null, folder.resolve("absent")))
                .hasMessageContaining("must be a folder with public keys");
        assertThatThrownBy(() -> new SigningProperties(null, trusted).signing())
                .hasMessageContaining("every model would be refused");
        assertThat(new SigningProperties(null, null).signing().asksForSignatures())
                .isFalse();
    }

    @Test
    void settingsThatAreEmptyAreNotSet() {
        MapConfigurationPropertySource empty =
                new MapConfigurationPropertySource(Map.of("mlpool.signing.key", "", "mlpool.signing.trusted", " "));

        SigningProperties properties =
                new Binder(empty).bindOrCreate("mlpool.signing", Bindable.of(SigningProperties.class));

        assertThat(properties.signing().inWords())
                .isEqualTo("not verified by signature, mlpool.signing.trusted is not set");
    }

    @Test
    void fileThatIsNoKeySaysWhatWouldMakeOne() throws IOException {
        Files.writeString(key, PUBLIC);
        SigningKeyPair.create(folder.resolve("other.pem"), trusted);

        assertThatThrownBy(() -> new SigningProperties(key, trusted).signing())
                .hasMessageContaining("holds no Ed25519 private key")
                .hasMessageContaining("openssl genpkey -algorithm ed25519 -out " + key);
    }

    @Test
    void damagedFileDoesNotTakeTheOtherTrustedKeysWithIt() throws IOException {
        Files.writeString(trusted.resolve("damaged.pem"), PUBLIC.substring(0, 40));
        Files.writeString(trusted.resolve("notes.txt"), "whose keys these are");
        Path good = Files.writeString(trusted.resolve("team.pem"), PUBLIC);

        assertThat(new TrustedKeys(trusted).all())
                .extracting(TrustedKey::id, TrustedKey::file)
                .containsExactly(tuple(ID, good));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "other permissions")
    void newKeyIsForItsUserOnly() throws IOException {
        String id = SigningKeyPair.create(key, trusted);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(new TrustedKeys(trusted).ids()).containsExactly(id);
        assertThat(new SigningProperties(key, trusted).signing().keyId()).isEqualTo(id);
    }
}
