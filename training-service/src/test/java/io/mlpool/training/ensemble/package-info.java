@NullMarked
package io.mlpool.training.ensemble;

import org.jspecify.annotations.NullMarked;
