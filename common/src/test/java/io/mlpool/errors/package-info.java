@NullMarked
package io.mlpool.errors;

import org.jspecify.annotations.NullMarked;
