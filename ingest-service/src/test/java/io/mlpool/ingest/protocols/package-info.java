@NullMarked
package io.mlpool.ingest.protocols;

import org.jspecify.annotations.NullMarked;
