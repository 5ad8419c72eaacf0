/** Recorded candles played back at a chosen speed: a start without network, demonstrations, soak tests. */
@NullMarked
package io.mlpool.ingest.replay;

import org.jspecify.annotations.NullMarked;
