@NullMarked
package io.mlpool.ingest.replay;

import org.jspecify.annotations.NullMarked;
