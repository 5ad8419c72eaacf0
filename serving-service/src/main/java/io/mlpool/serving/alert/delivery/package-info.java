/** Takes what changed to receivers: grouped, at least once, and again until it is there. */
@NullMarked
package io.mlpool.serving.alert.delivery;

import org.jspecify.annotations.NullMarked;
