/** Protocols of decentralised finance: what is known of them, what is locked in them, what was stolen from them, and since when that is known. */
@NullMarked
package io.mlpool.protocols;

import org.jspecify.annotations.NullMarked;
