package io.mlpool.mlflow.local;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Packages by pip's rules; the name of an environment follows from them, so that other pins make another one. */
record Requirements(String text) {

    static final Requirements PINNED = new Requirements(GuardedProcess.text("requirements.txt"));

    private static final String MLFLOW = "mlflow==";

    Requirements {
        if (text.lines().noneMatch(line -> line.startsWith(MLFLOW))) {
            throw new IllegalArgumentException("requirements must pin mlflow with ==, found " + text);
        }
    }

    String mlflowVersion() {
        return text.lines()
                .filter(line -> line.startsWith(MLFLOW))
                .findFirst()
                .orElseThrow()
                .substring(MLFLOW.length())
                .strip();
    }

    /** {@code mlflow-3.17.2-} and the start of a digest of all pins. */
    String environmentName() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "mlflow-%s-%s".formatted(mlflowVersion(), HexFormat.of().formatHex(digest, 0, 6));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
