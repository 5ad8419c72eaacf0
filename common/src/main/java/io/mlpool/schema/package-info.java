/** Who brings the database's schema up to date: each service by itself, or one job for all of them. */
@NullMarked
package io.mlpool.schema;

import org.jspecify.annotations.NullMarked;
