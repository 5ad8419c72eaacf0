@NullMarked
package io.mlpool.ingest.symbols;

import org.jspecify.annotations.NullMarked;
