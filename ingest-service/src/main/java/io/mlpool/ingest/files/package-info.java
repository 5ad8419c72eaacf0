/** Files people export from exchanges and sites, recognised by their content. */
@NullMarked
package io.mlpool.ingest.files;

import org.jspecify.annotations.NullMarked;
