@NullMarked
package io.mlpool.serving.live;

import org.jspecify.annotations.NullMarked;
