@NullMarked
package io.mlpool.training.volatility;

import org.jspecify.annotations.NullMarked;
