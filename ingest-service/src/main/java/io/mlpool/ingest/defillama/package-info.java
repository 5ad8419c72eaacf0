/** DefiLlama: protocols, what is locked in them and what was stolen from them, asked gently. */
@NullMarked
package io.mlpool.ingest.defillama;

import org.jspecify.annotations.NullMarked;
