/** What is held of each series, and what is missing. */
@NullMarked
package io.mlpool.ingest.coverage;

import org.jspecify.annotations.NullMarked;
