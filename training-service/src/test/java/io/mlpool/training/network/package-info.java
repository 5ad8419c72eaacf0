@NullMarked
package io.mlpool.training.network;

import org.jspecify.annotations.NullMarked;
