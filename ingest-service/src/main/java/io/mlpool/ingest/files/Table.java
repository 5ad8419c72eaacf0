package io.mlpool.ingest.files;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lines of fields, whatever they are written in. */
interface Table {

    /** The next line, valid until the one after it is asked for; null at the end, or where the table is {@link #damage damaged}. */
    @Nullable Line next() throws IOException;

    /** Why no line follows although there should be more; empty at a good end. */
    default Optional<String> damage() {
        return Optional.empty();
    }
}
