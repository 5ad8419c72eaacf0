@NullMarked
package io.mlpool.protocols;

import org.jspecify.annotations.NullMarked;
