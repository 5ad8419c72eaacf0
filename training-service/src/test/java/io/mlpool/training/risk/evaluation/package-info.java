@NullMarked
package io.mlpool.training.risk.evaluation;

import org.jspecify.annotations.NullMarked;
