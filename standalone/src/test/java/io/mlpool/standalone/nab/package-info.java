@NullMarked
package io.mlpool.standalone.nab;

import org.jspecify.annotations.NullMarked;
