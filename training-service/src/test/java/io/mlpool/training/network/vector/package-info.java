@NullMarked
package io.mlpool.training.network.vector;

import org.jspecify.annotations.NullMarked;
