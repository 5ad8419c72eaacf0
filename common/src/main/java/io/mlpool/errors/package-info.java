/** How every service says no: FastAPI's error bodies. */
@NullMarked
package io.mlpool.errors;

import org.jspecify.annotations.NullMarked;
