@NullMarked
package io.mlpool.kubernetes;

import org.jspecify.annotations.NullMarked;
