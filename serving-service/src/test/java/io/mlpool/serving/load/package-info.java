@NullMarked
package io.mlpool.serving.load;

import org.jspecify.annotations.NullMarked;
