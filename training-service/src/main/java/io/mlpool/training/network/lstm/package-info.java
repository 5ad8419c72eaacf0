/** An LSTM layer for DL4J that does a layer's arithmetic with the JDK Vector API. */
@NullMarked
package io.mlpool.training.network.lstm;

import org.jspecify.annotations.NullMarked;
