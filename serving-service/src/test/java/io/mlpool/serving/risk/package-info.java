@NullMarked
package io.mlpool.serving.risk;

import org.jspecify.annotations.NullMarked;
