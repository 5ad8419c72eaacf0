@NullMarked
package io.mlpool.training.evaluation;

import org.jspecify.annotations.NullMarked;
