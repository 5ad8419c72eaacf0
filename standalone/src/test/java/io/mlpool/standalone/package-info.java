@NullMarked
package io.mlpool.standalone;

import org.jspecify.annotations.NullMarked;
