@NullMarked
package io.mlpool.containers;

import org.jspecify.annotations.NullMarked;
