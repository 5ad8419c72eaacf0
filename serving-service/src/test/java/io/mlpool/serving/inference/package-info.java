@NullMarked
package io.mlpool.serving.inference;

import org.jspecify.annotations.NullMarked;
