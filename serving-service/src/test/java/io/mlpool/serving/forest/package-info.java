@NullMarked
package io.mlpool.serving.forest;

import org.jspecify.annotations.NullMarked;
