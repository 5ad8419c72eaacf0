@NullMarked
package io.mlpool.training.run;

import org.jspecify.annotations.NullMarked;
