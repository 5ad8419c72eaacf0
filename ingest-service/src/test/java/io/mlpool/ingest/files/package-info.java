@NullMarked
package io.mlpool.ingest.files;

import org.jspecify.annotations.NullMarked;
