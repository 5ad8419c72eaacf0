@NullMarked
package io.mlpool.training.tracking;

import org.jspecify.annotations.NullMarked;
