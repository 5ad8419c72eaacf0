/** What requests to any source over HTTP need: pace, what {@code retry-after} says, and how they went. */
@NullMarked
package io.mlpool.ingest.requests;

import org.jspecify.annotations.NullMarked;
