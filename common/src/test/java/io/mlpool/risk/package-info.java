@NullMarked
package io.mlpool.risk;

import org.jspecify.annotations.NullMarked;
