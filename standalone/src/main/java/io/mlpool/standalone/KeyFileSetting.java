package io.mlpool.standalone;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.EncryptionProperties;

/** The key file for what a command reads itself; services find it in the environment on their own. */
final class KeyFileSetting {

    static final String VARIABLE = "MLPOOL_ENCRYPTION_KEYS";

    private KeyFileSetting() {}

    /**
     * Encryption as the environment says.
     *
     * @throws io.mlpool.encryption.KeyFileException when no use can be made of the file that it names
     */
    static Encryption encryption() {
        return new EncryptionProperties(System.getenv(VARIABLE))
                .keyFile()
                .map(Encryption::with)
                .orElseGet(Encryption::off);
    }
}
