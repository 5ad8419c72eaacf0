@NullMarked
package io.mlpool.serving.performance;

import org.jspecify.annotations.NullMarked;
