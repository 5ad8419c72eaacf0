/** Traces of requests, sent to a collector where one is named. */
@NullMarked
package io.mlpool.tracing;

import org.jspecify.annotations.NullMarked;
