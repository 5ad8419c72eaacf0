@NullMarked
package io.mlpool.edge;

import org.jspecify.annotations.NullMarked;
