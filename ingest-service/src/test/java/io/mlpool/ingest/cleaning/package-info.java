@NullMarked
package io.mlpool.ingest.cleaning;

import org.jspecify.annotations.NullMarked;
