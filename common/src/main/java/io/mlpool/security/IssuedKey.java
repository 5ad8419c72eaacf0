package io.mlpool.security;

/**
 * A key that was just made or rotated.
 *
 * @param text what callers send; nobody can see it again
 */
public record IssuedKey(ApiKey key, String text) {

    /** Without the secret: this may stand in a log. */
    @Override
    public String toString() {
        return "IssuedKey[" + key + "]";
    }
}
