@NullMarked
package io.mlpool.readings;

import org.jspecify.annotations.NullMarked;
