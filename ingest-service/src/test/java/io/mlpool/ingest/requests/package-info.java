@NullMarked
package io.mlpool.ingest.requests;

import org.jspecify.annotations.NullMarked;
