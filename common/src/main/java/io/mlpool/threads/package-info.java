/** Threads that a service keeps for one thing. */
@NullMarked
package io.mlpool.threads;

import org.jspecify.annotations.NullMarked;
