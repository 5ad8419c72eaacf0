@NullMarked
package io.mlpool.training.keeping;

import org.jspecify.annotations.NullMarked;
