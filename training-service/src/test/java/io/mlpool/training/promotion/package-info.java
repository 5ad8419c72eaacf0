@NullMarked
package io.mlpool.training.promotion;

import org.jspecify.annotations.NullMarked;
