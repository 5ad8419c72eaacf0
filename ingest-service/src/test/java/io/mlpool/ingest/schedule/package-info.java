@NullMarked
package io.mlpool.ingest.schedule;

import org.jspecify.annotations.NullMarked;
