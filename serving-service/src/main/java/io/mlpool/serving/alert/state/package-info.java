/** How alerts stand: pending, firing, resolved, and each change between them. */
@NullMarked
package io.mlpool.serving.alert.state;

import org.jspecify.annotations.NullMarked;
