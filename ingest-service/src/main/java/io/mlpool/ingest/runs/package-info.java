/** What was taken in, when, and what was noticed. */
@NullMarked
package io.mlpool.ingest.runs;

import org.jspecify.annotations.NullMarked;
