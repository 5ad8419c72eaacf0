@NullMarked
package io.mlpool.training.risk.panel;

import org.jspecify.annotations.NullMarked;
