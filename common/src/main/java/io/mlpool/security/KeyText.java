package io.mlpool.security;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is handed out and sent: {@code mlp_<id>_<secret>}, both in lower-case hexadecimal digits.
 *
 * @param id 12 digits, may be seen
 * @param secret 64 digits, 256 random bits
 */
record KeyText(String id, String secret) {

    private static final String PREFIX = "mlp_";
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final int ID_END = PREFIX.length() + 2 * ID_BYTES;
    private static final int LENGTH = ID_END + 1 + 2 * SECRET_BYTES;

    /** A key that nobody can guess. */
    static KeyText random(SecureRandom random) {
        return new KeyText(digits(random, ID_BYTES), digits(random, SECRET_BYTES));
    }

    /** A new secret of the same key. */
    KeyText withSecret(SecureRandom random) {
        return new KeyText(id, digits(random, SECRET_BYTES));
    }

    /** What a caller sent; null when it has not the shape of a key. */
    static @Nullable KeyText read(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX) || text.charAt(ID_END) != '_') {
            return null;
        }
        KeyText read = new KeyText(text.substring(PREFIX.length(), ID_END), text.substring(ID_END + 1));
        return isHex(read.id) && isHex(read.secret) ? read : null;
    }

    /** The whole key, to be shown once. */
    String text() {
        return PREFIX + id + '_' + secret;
    }

    /** Without the secret: this may stand in a log. */
    @Override
    public String toString() {
        return PREFIX + id + "_...";
    }

    private static String digits(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
