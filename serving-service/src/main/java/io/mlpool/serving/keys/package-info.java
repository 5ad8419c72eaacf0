/** Keys over REST: made, listed, rotated, revoked by who has the scope admin. */
@NullMarked
package io.mlpool.serving.keys;

import org.jspecify.annotations.NullMarked;
