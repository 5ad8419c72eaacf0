package io.mlpool.ingest.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lines of fields, whatever they are written in. */
interface Table {

    /** The next line, valid until the one after it is asked for; null at the end. */
    @Nullable Line next() throws IOException;
}
