@NullMarked
package io.mlpool.serving.alert;

import org.jspecify.annotations.NullMarked;
