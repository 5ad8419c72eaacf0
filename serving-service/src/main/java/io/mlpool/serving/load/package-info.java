/** How much is taken on at once, and what is said when it is too much. */
@NullMarked
package io.mlpool.serving.load;

import org.jspecify.annotations.NullMarked;
