package io.mlpool.ingest.defillama;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An answer in a temporary file, which {@link #close} removes: it may be larger than what should be in memory.
 *
 * @param whole false when it was longer than allowed and is cut
 */
record Download(
        int status, Path file, boolean whole, @Nullable String retryAfter) implements AutoCloseable {

    private static final int HEAD = 1 << 16;

    /** The first bytes as text. */
    String head() {
        try (InputStream content = Files.newInputStream(file)) {
            return new String(content.readNBytes(HEAD), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the answer in %s cannot be read".formatted(file), e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be deleted".formatted(file), e);
        }
    }
}
