/** Networks trained with DL4J. ND4J, DL4J and ONNX's classes are imported here and in the packages below, nowhere else. */
@NullMarked
package io.mlpool.training.network;

import org.jspecify.annotations.NullMarked;
