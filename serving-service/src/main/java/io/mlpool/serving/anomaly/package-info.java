/** What is unlike what came before, found as it comes. */
@NullMarked
package io.mlpool.serving.anomaly;

import org.jspecify.annotations.NullMarked;
