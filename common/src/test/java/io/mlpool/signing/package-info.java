@NullMarked
package io.mlpool.signing;

import org.jspecify.annotations.NullMarked;
