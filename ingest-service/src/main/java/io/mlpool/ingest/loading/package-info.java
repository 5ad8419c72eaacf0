/** Clean candles into PostgreSQL: COPY, one upsert, bookkeeping. */
@NullMarked
package io.mlpool.ingest.loading;

import org.jspecify.annotations.NullMarked;
