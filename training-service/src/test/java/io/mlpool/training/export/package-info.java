@NullMarked
package io.mlpool.training.export;

import org.jspecify.annotations.NullMarked;
