/** What exchanges call an asset, and what we call it. */
@NullMarked
package io.mlpool.ingest.symbols;

import org.jspecify.annotations.NullMarked;
