@NullMarked
package io.mlpool.ingest.archive;

import org.jspecify.annotations.NullMarked;
