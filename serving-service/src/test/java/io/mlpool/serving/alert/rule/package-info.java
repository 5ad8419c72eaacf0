@NullMarked
package io.mlpool.serving.alert.rule;

import org.jspecify.annotations.NullMarked;
