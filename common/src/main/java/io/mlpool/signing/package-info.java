/** Who made a model: Ed25519 signatures over what a bundle holds, the key that makes them and the keys that are trusted. */
@NullMarked
package io.mlpool.signing;

import org.jspecify.annotations.NullMarked;
