@NullMarked
package io.mlpool.schema;

import org.jspecify.annotations.NullMarked;
