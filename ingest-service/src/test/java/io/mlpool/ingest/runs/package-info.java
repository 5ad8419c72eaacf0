@NullMarked
package io.mlpool.ingest.runs;

import org.jspecify.annotations.NullMarked;
