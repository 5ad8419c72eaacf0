@NullMarked
package io.mlpool.ingest.coverage;

import org.jspecify.annotations.NullMarked;
