@NullMarked
package io.mlpool.standalone.odds;

import org.jspecify.annotations.NullMarked;
