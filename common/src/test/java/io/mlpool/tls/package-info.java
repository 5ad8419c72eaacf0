@NullMarked
package io.mlpool.tls;

import org.jspecify.annotations.NullMarked;
