@NullMarked
package io.mlpool.training.scale;

import org.jspecify.annotations.NullMarked;
