/** Which versions and runs are kept, and which are deleted. */
@NullMarked
package io.mlpool.training.keeping;

import org.jspecify.annotations.NullMarked;
