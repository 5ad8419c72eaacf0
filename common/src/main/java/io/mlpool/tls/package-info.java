/** The certificates that a service shows: none that has expired is taken into use, and one that is about to is told of in time. */
@NullMarked
package io.mlpool.tls;

import org.jspecify.annotations.NullMarked;
