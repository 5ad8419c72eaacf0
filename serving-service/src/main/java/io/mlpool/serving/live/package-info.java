/** The models that answer now: found in the registry, proved, warmed, and swapped without a request noticing. */
@NullMarked
package io.mlpool.serving.live;

import org.jspecify.annotations.NullMarked;
