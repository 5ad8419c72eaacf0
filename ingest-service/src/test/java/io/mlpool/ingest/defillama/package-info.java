@NullMarked
package io.mlpool.ingest.defillama;

import org.jspecify.annotations.NullMarked;
