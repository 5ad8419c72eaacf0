@NullMarked
package io.mlpool.ingest.inbox;

import org.jspecify.annotations.NullMarked;
