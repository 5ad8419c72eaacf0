@NullMarked
package io.mlpool.standalone.skab;

import org.jspecify.annotations.NullMarked;
