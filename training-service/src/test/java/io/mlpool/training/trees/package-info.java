@NullMarked
package io.mlpool.training.trees;

import org.jspecify.annotations.NullMarked;
