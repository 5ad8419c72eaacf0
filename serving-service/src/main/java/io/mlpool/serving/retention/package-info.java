/** How what is of long ago is removed. */
@NullMarked
package io.mlpool.serving.retention;

import org.jspecify.annotations.NullMarked;
