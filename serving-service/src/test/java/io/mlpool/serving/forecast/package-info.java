@NullMarked
package io.mlpool.serving.forecast;

import org.jspecify.annotations.NullMarked;
