@NullMarked
package io.mlpool.training.risk;

import org.jspecify.annotations.NullMarked;
