@NullMarked
package io.mlpool.training.risk.run;

import org.jspecify.annotations.NullMarked;
