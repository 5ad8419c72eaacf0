@NullMarked
package io.mlpool.serving;

import org.jspecify.annotations.NullMarked;
