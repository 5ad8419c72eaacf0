@NullMarked
package io.mlpool.training.dataset;

import org.jspecify.annotations.NullMarked;
