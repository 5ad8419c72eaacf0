/** Who did what, when, with which outcome: an append-only log whose entries chain by hash. */
@NullMarked
package io.mlpool.audit;

import org.jspecify.annotations.NullMarked;
