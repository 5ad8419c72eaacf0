/** What is told of protocols: read from any source, dated by when it was known, stored. */
@NullMarked
package io.mlpool.ingest.protocols;

import org.jspecify.annotations.NullMarked;
