/** From what a source says to candles in PostgreSQL. */
@NullMarked
package io.mlpool.ingest;

import org.jspecify.annotations.NullMarked;
