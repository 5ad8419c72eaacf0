/** What is wrong with rows, said row by row; nothing good is lost beside something bad. */
@NullMarked
package io.mlpool.ingest.cleaning;

import org.jspecify.annotations.NullMarked;
