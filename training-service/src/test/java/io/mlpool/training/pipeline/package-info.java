@NullMarked
package io.mlpool.training.pipeline;

import org.jspecify.annotations.NullMarked;
