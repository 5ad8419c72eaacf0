@NullMarked
package io.mlpool.ingest.coingecko;

import org.jspecify.annotations.NullMarked;
