@NullMarked
package io.mlpool.training;

import org.jspecify.annotations.NullMarked;
