/** Tests of what a caller sends. */
@NullMarked
package io.mlpool.serving.prediction;

import org.jspecify.annotations.NullMarked;
