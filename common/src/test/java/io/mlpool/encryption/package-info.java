@NullMarked
package io.mlpool.encryption;

import org.jspecify.annotations.NullMarked;
