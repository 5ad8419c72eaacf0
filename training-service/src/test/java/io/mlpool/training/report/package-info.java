@NullMarked
package io.mlpool.training.report;

import org.jspecify.annotations.NullMarked;
