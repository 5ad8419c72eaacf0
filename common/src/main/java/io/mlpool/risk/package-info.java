/** How likely a severe loss is: what is known of an asset at a time, and what a model makes of it. */
@NullMarked
package io.mlpool.risk;

import org.jspecify.annotations.NullMarked;
