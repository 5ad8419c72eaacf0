@NullMarked
package io.mlpool.tracing;

import org.jspecify.annotations.NullMarked;
