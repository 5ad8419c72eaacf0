@NullMarked
package io.mlpool.ingest;

import org.jspecify.annotations.NullMarked;
