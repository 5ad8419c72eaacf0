@NullMarked
package io.mlpool.training.study;

import org.jspecify.annotations.NullMarked;
