@NullMarked
package io.mlpool.training.naive;

import org.jspecify.annotations.NullMarked;
