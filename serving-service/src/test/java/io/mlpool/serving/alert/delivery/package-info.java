@NullMarked
package io.mlpool.serving.alert.delivery;

import org.jspecify.annotations.NullMarked;
