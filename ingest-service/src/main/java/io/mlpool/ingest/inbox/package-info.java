/** A folder whose files are taken in. */
@NullMarked
package io.mlpool.ingest.inbox;

import org.jspecify.annotations.NullMarked;
