@NullMarked
package io.mlpool.training.network.lstm;

import org.jspecify.annotations.NullMarked;
