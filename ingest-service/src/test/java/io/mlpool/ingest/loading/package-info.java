@NullMarked
package io.mlpool.ingest.loading;

import org.jspecify.annotations.NullMarked;
