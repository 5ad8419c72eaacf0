/** Numbers about the pool that cost a query, read every few seconds so that a scrape costs none. */
@NullMarked
package io.mlpool.readings;

import org.jspecify.annotations.NullMarked;
