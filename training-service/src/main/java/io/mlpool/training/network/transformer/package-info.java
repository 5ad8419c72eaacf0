/** A Transformer encoder as a layer of DL4J, its arithmetic and its backward pass in Java. */
@NullMarked
package io.mlpool.training.network.transformer;

import org.jspecify.annotations.NullMarked;
