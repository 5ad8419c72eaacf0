/** Every payload as it came, kept so that every candle can be rebuilt. */
@NullMarked
package io.mlpool.ingest.archive;

import org.jspecify.annotations.NullMarked;
