@NullMarked
package io.mlpool.training.network.transformer;

import org.jspecify.annotations.NullMarked;
