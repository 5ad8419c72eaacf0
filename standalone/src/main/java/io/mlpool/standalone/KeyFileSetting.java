package io.mlpool.standalone;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.EncryptionProperties;
import org.springframework.util.StringUtils;

/** The key file for what a command reads itself; services find it in the environment on their own. */
final class KeyFileSetting {

    static final String VARIABLE = "MLPOOL_ENCRYPTION_KEYS";

    private KeyFileSetting() {}

    /** Whether a key file is named, in the environment or as a property of Java. */
    static boolean isGiven() {
        return StringUtils.hasText(System.getenv(VARIABLE))
                || StringUtils.hasText(System.getProperty(Encryption.SETTING));
    }

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
